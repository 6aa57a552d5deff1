import { describe, expect, it } from "vitest";
import { train } from "./train.js";

/** The mean return of a run's last 100 episodes. */
function trained(config: object, seed: number): number {
  const { result } = train(config, seed);
  expect(result.outcome).toEqual({ kind: "completed" });
  return result.summary.meanReturnLast100 as number;
}

describe("with its defaults, in 500,000 steps of CartPole-v1", () => {
  it.each([1, 2, 3])("A2C reaches a mean return of 400 (seed %d)", (seed) => {
    expect(trained({}, seed)).toBeGreaterThanOrEqual(400);
  });

  it.each([1, 2])("PPO reaches 490 (seed %d)", (seed) => {
    expect(trained({ agent: { name: "ppo" } }, seed)).toBeGreaterThanOrEqual(490);
  });

  it.each([1, 2])("REINFORCE reaches 400 (seed %d)", (seed) => {
    expect(trained({ agent: { name: "reinforce" } }, seed)).toBeGreaterThanOrEqual(400);
  });
});

describe("with the settings of agents/README.md, in 300,000 steps, PPO", () => {
  it("holds a pendulum up: -180 on Pendulum-v1", () => {
    const agent = { name: "ppo", rollout: 512, epochs: 10, minibatches: 32, gamma: 0.95, entropy: 0 };
    const config = {
      env: { id: "Pendulum-v1" },
      agent: { ...agent, normaliseRewards: true, valueClip: null },
      optimizer: { lr: 0.001 },
      steps: 300_000,
    };
    expect(trained(config, 1)).toBeGreaterThanOrEqual(-180);
  });

  it("finds the flag with a throttle: 90 on MountainCarContinuous-v0", () => {
    const agent = { name: "ppo", rollout: 512, epochs: 10, minibatches: 16, gamma: 0.9999, lambda: 0.9, entropy: 0 };
    const config = {
      env: { id: "MountainCarContinuous-v0" },
      agent: { ...agent, normaliseObservations: true, normaliseRewards: true, initialDeviation: 4 },
      optimizer: { lr: 0.001 },
      steps: 300_000,
    };
    expect(trained(config, 1)).toBeGreaterThanOrEqual(90);
  });
});
