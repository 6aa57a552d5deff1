import { describe, expect, it } from "vitest";
import { make, makeVector } from "../../envs/index.js";
import { Streams } from "../../src/rng/streams.js";

const state = [0.02, 0.1, -0.05, 0.3];

function firstStep(parameters: Record<string, number>, action = 1) {
  const env = make("CartPole-v1", { parameters });
  env.reset({ seed: 1, options: { state } });
  const [observation, reward] = env.step(action);
  return { observation: [...observation], reward, state: [...env.state] };
}

describe("the channel between environment and agent", () => {
  it("changes nothing by default", () => {
    const { observation, state: moved, reward } = firstStep({});
    expect(observation).toEqual([...Float32Array.from(moved)]);
    expect(reward).toBe(1);
  });

  it("scales rewards, turns their sign and adds noise of the deviation asked for", () => {
    expect(firstStep({ rewardScale: -3 }).reward).toBe(-3);
    const vector = makeVector("CartPole-v1", {
      copies: 500,
      streams: new Streams(1),
      parameters: { rewardNoise: 0.5 },
    });
    vector.reset();
    const rewards: number[] = [];
    for (let t = 0; t < 8; t++) {
      vector.step(new Int32Array(500));
      rewards.push(...vector.rewards);
    }
    const mean = rewards.reduce((sum, r) => sum + r, 0) / rewards.length;
    const variance = rewards.reduce((sum, r) => sum + (r - mean) * (r - mean), 0) / rewards.length;
    expect(Math.abs(mean - 1)).toBeLessThan((4 * 0.5) / Math.sqrt(rewards.length));
    expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
  });

  it("permutes and inverts actions", () => {
    expect(firstStep({ actionPermutation: 1 }, 0).state).toEqual(firstStep({}, 1).state);
    const push = (parameters: Record<string, number>, action: number[]) => {
      const env = make<Float32Array, number[]>("Pendulum-v1", { parameters });
      env.reset({ options: { state: [1, 0] } });
      env.step(action);
      return [...env.state];
    };
    expect(push({ actionScale: -1 }, [0.7])).toEqual(push({}, [-0.7]));
    expect(push({ actionScale: 10 }, [0.7])).toEqual(push({}, [2]));
  });

  it("refuses a number that no permutation of the actions has", () => {
    expect(() => firstStep({ actionPermutation: 2 })).toThrow("expected an integer from 0 to 1, found 2");
    expect(() => firstStep({ actionPermutation: 0.5 })).toThrow("expected an integer");
  });

  it("offsets and scales observations entry by entry, and leaves the state alone", () => {
    const plain = firstStep({});
    const seen = firstStep({ "observationOffset.2": 1, "observationScale.0": -2 });
    expect(seen.state).toEqual(plain.state);
    expect(seen.observation).toEqual([
      -2 * plain.observation[0],
      plain.observation[1],
      Math.fround(plain.observation[2] + 1),
      plain.observation[3],
    ]);
  });

  it("adds noise to observations that moves no other randomness", () => {
    const env = make("CartPole-v1", { parameters: { observationNoise: 0.3 } });
    const plain = make("CartPole-v1");
    env.reset({ seed: 4 });
    plain.reset({ seed: 4 });
    const errors: number[] = [];
    for (let t = 0; t < 1000; t++) {
      const [observation, , terminated] = env.step(t % 2);
      plain.step(t % 2);
      expect([...env.state]).toEqual([...plain.state]);
      errors.push(...observation.map((value, k) => value - env.state[k]));
      if (terminated) {
        env.reset();
        plain.reset();
      }
    }
    expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeCloseTo(0.3, 1);
  });

  it("keeps noise non-negative", () => {
    expect(() => firstStep({ rewardNoise: -1 })).toThrow("expected a finite number, at least 0, found -1");
  });
});
