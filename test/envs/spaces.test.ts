import { describe, expect, it } from "vitest";
import { Box, Discrete } from "../../envs/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";

describe("Discrete", () => {
  it("holds its integers from start and nothing else", () => {
    const space = new Discrete(3, -1);
    expect([-2, -1, 0, 1, 2].map((x) => space.contains(x))).toEqual([false, true, true, true, false]);
    for (const x of [0.5, "0", null, undefined, Number.NaN, [0]]) expect(space.contains(x)).toBe(false);
  });

  it("samples all of them equally, from the given stream alone", () => {
    const space = new Discrete(3, 5);
    const counts = [0, 0, 0];
    const stream = new RandomStream(1, "policy");
    for (let i = 0; i < 9000; i++) counts[space.sample(stream) - 5]++;
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(4 * Math.sqrt(2000));
    expect(space.sample(new RandomStream(2, "policy"))).toBe(space.sample(new RandomStream(2, "policy")));
  });
});

describe("Box", () => {
  const infinity = Number.POSITIVE_INFINITY;
  const space = new Box([-1, 2, -infinity, -infinity], [1, infinity, 3, infinity]);

  it("checks length, bounds and numbers", () => {
    expect(space.contains([0, 2, 3, 1e30])).toBe(true);
    expect(space.contains(new Float32Array([-1, 5, -7, 0]))).toBe(true);
    for (const x of [[0, 2, 3], [1.1, 2, 3, 0], [0, 1.9, 3, 0], [0, 2, 3.1, 0], [0, 2, 3, Number.NaN], 0, "0230"]) {
      expect(space.contains(x)).toBe(false);
    }
  });

  it("samples within its bounds and fills what has none", () => {
    const stream = new RandomStream(1, "policy");
    const samples = Array.from({ length: 4000 }, () => space.sample(stream));
    for (const sample of samples) expect(space.contains(sample)).toBe(true);
    const mean = (entry: number) => samples.reduce((sum, sample) => sum + sample[entry], 0) / samples.length;
    expect(mean(0)).toBeCloseTo(0, 1);
    expect(mean(1)).toBeCloseTo(3, 1);
    expect(mean(2)).toBeCloseTo(2, 1);
    expect(mean(3)).toBeCloseTo(0, 1);
    expect(samples.some((sample) => sample[3] > 2) && samples.some((sample) => sample[3] < -2)).toBe(true);
  });
});
