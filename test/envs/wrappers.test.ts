import { describe, expect, it } from "vitest";
import {
  ClipAction,
  ClipReward,
  type Env,
  make,
  NormaliseObservation,
  NormaliseReward,
  OrderEnforcing,
  OutOfOrderError,
  RecordEpisodeStatistics,
  TimeLimit,
  TransformObservation,
  TransformReward,
} from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";

const cartPole = () => make("CartPole-v1");

describe("wrappers", () => {
  it("set parameters in the innermost environment, and refuse one that does not exist with the valid names", () => {
    const inner = cartPole();
    const wrapped = new ClipReward(new TimeLimit(new OrderEnforcing(inner), 10), -1, 1);
    wrapped.parameters.set("gravity", 3);
    expect(inner.parameters.get("gravity")).toBe(3);
    expect(wrapped.unwrapped).toBe(inner);
    expect(() => wrapped.parameters.set("masspole", 1)).toThrow(/did you mean "massPole"\? valid: gravity, massCart/);
    expect(inner.parameters.get("massPole")).toBe(0.1);
  });

  it("limit the time, beside the environment's own end", () => {
    const env = new TimeLimit(cartPole(), 3);
    const start = { options: { state: [0, 0, 0, 0] } };
    env.reset(start);
    expect([env.step(0)[3], env.step(1)[3], env.step(0)[3]]).toEqual([false, false, true]);
    env.reset(start);
    expect(env.step(0)[3]).toBe(false);
    for (const steps of [0, -1, 1.5]) expect(() => new TimeLimit(cartPole(), steps)).toThrow(InputError);
  });

  it("enforce the order on an environment that does not", () => {
    let closed = 0;
    const loose = {
      id: "Loose-v0",
      reset: () => [0, {}],
      step: () => [0, 0, true, false, {}],
      close: () => {
        closed++;
      },
    } as unknown as Env<number, number>;
    const env = new OrderEnforcing(loose);
    expect(() => env.step(0)).toThrow(OutOfOrderError);
    env.reset();
    env.step(0);
    expect(() => env.step(0)).toThrow("step after the episode's end");
    env.close();
    env.close();
    expect(closed).toBe(1);
    expect(() => env.reset()).toThrow("reset after close");
  });

  it("transform observations and rewards, clip rewards and actions", () => {
    const plain = cartPole();
    const doubled = new TransformObservation(cartPole(), (x: Float32Array) => x.map((value) => 2 * value));
    const [first] = plain.reset({ seed: 1 });
    expect([...doubled.reset({ seed: 1 })[0]]).toEqual([...first].map((x) => 2 * x));
    expect([...doubled.step(1)[0]]).toEqual([...plain.step(1)[0]].map((x) => Math.fround(2 * x)));

    const reward = (wrap: (env: Env) => Env) => {
      const env = wrap(cartPole());
      env.reset();
      return env.step(0)[1];
    };
    expect(reward((env) => new TransformReward(env, (r) => 3 * r - 1))).toBe(2);
    expect(reward((env) => new ClipReward(env, -0.5, 0.5))).toBe(0.5);

    const pendulum = () => make<Float32Array, ArrayLike<number>>("Pendulum-v1");
    const [clipped, exact] = [new ClipAction(pendulum()), pendulum()];
    for (const env of [clipped, exact]) env.reset({ seed: 1 });
    expect(clipped.step([99])).toEqual(exact.step([2]));
    expect(() => clipped.step([Number.NaN])).toThrow(InputError);
  });

  it("normalise observations by the moments of all that were seen, and freeze when told to", () => {
    const env = new NormaliseObservation(cartPole());
    const raw = cartPole();
    const seen = [[...raw.reset({ seed: 1 })[0]]];
    env.reset({ seed: 1 });
    let shown = new Float32Array(4);
    for (let t = 0; t < 1000; t++) {
      const [observation, , terminated] = raw.step(t % 2);
      seen.push([...observation]);
      shown = Float32Array.from(env.step(t % 2)[0]);
      if (terminated) {
        seen.push([...raw.reset()[0]]);
        shown = Float32Array.from(env.reset()[0]);
      }
    }
    const last = seen[seen.length - 1];
    for (let k = 0; k < 4; k++) {
      const mean = seen.reduce((sum, row) => sum + row[k], 0) / seen.length;
      const variance = seen.reduce((sum, row) => sum + (row[k] - mean) * (row[k] - mean), 0) / seen.length;
      expect(env.moments.mean[k]).toBeCloseTo(mean, 5);
      expect(env.moments.variance[k]).toBeCloseTo(variance, 5);
      expect(shown[k]).toBeCloseTo((last[k] - mean) / Math.sqrt(variance), 3);
    }
    env.updating = false;
    const mean = [...env.moments.mean];
    env.reset();
    env.step(0);
    expect([...env.moments.mean]).toEqual(mean);
  });

  it("normalise rewards by the deviation of the discounted return", () => {
    const env = new NormaliseReward(cartPole(), 0.5);
    env.reset({ seed: 1 });
    // Discounted returns 1, 1.5, 1.75, by hand.
    const returns = [1, 1.5, 1.75];
    let [count, mean, variance] = [1e-4, 0, 1];
    for (const x of returns) {
      const delta = x - mean;
      variance = (variance * count + (delta * delta * count) / (count + 1)) / (count + 1);
      mean += delta / (count + 1);
      count++;
      expect(env.step(0)[1]).toBeCloseTo(1 / Math.sqrt(variance + 1e-8), 10);
    }
  });

  it("record the return and the length of every episode", () => {
    const env = new RecordEpisodeStatistics(new TransformReward(cartPole(), (r) => 2 * r));
    env.reset({ seed: 1 });
    const lengths: number[] = [];
    let length = 0;
    for (let t = 0; t < 100; t++) {
      const [, , terminated, truncated, info] = env.step(t % 2);
      length++;
      if (terminated || truncated) {
        expect(info.episode).toEqual({ return: 2 * length, length });
        lengths.push(length);
        length = 0;
        env.reset();
      } else expect(info.episode).toBeUndefined();
    }
    expect(env.episodes.map((episode) => episode.length)).toEqual(lengths);
    expect(lengths.length).toBeGreaterThan(1);
  });
});
