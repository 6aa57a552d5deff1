import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { makeVector } from "../../envs/index.js";
import { envSchema } from "../../envs/options.js";
import { check } from "../../src/config/check.js";
import { Streams } from "../../src/rng/streams.js";

const file = `
id: FrozenLake-v1
copies: 4
parameters: { rewardScale: 2 }
drift:
  - parameter: slip
    schedule: { name: geometric, mean: 50 }
    update: { name: distributionBounded, step: 0.1 }
  - parameter: rewardNoise
    schedule: { name: windows, windows: [[10, 20], [40, 50]] }
    update: { name: randomWalk, deviation: 0.1 }
    bounds: [0, 1]
  - parameter: actionPermutation
    schedule: { name: at, steps: [100] }
    update: { name: list, values: [23] }
`;

describe("an environment in a file", () => {
  it("is made with its parameters and its drift", () => {
    const options = check(envSchema, parse(file), "study.yaml");
    const play = (seed: number) => {
      const env = makeVector(options.id, { ...options, streams: new Streams(seed) });
      env.reset();
      const seen = Array.from({ length: 60 }, () => {
        env.step([0, 1, 2, 3]);
        return env.parameters.snapshot();
      });
      expect(env.clock).toBe(240);
      return seen;
    };
    const seen = play(1);
    expect(seen[0]).toMatchObject({ rewardScale: 2, rewardNoise: 0, actionPermutation: 0 });
    expect(seen[59]).toMatchObject({ actionPermutation: 23 });
    expect(new Set(seen.map(({ straight }) => straight)).size).toBeGreaterThan(2);
    expect(seen.every(({ rewardNoise }) => rewardNoise >= 0 && rewardNoise <= 1)).toBe(true);
    expect(play(1)).toEqual(seen);
    expect(play(2)).not.toEqual(seen);
  });

  it.each([
    [{ parameter: "slop" }, "drift.1.parameter: unknown parameter"],
    [{ bounds: [1, 0] }, "drift.1.bounds: expected [low, high] in order"],
    [{ clock: "episode" }, 'drift.1.clock: expected "lifetime" for 4 copies'],
    [{ clock: "day" }, "drift.1.clock: expected one of lifetime, episode"],
    [{ update: { name: "list", values: [-1] }, bounds: undefined }, "drift.1.update: rewardNoise: expected"],
    [{ update: { name: "custom", value: "x => x" } }, "a file cannot hold one"],
    [{ schedule: { name: "windows", windows: [[5, 3]] } }, "expected windows [first, last] in order"],
    [{ schedule: { name: "geometric", mean: 0.5 } }, "expected at least 1, found 0.5"],
  ])("refuses %j", (change, message) => {
    const options = parse(file) as { drift: object[] };
    options.drift[1] = { ...options.drift[1], ...change };
    expect(() => check(envSchema, options, "study.yaml")).toThrow(message);
  });
});
