import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import { mean, optimalityGap, performanceProfile, stratifiedBootstrapInterval } from "../../src/stats/index.js";
import { covers, normals, simulate } from "./simulate.js";

describe("the optimality gap", () => {
  it("counts what lacks to the target, and no surplus", () => {
    expect(optimalityGap([0.5, 1, 3])).toBeCloseTo(0.5 / 3, 15);
    expect(optimalityGap([-1, 2], 2)).toBe(1.5);
    expect(optimalityGap([])).toBeNaN();
  });
});

describe("a performance profile", () => {
  const strata = [
    [1, 2, 3, 4],
    [3, 5],
  ];

  it("gives the share of runs above each threshold, every task weighing the same", () => {
    const profile = performanceProfile(strata, [0, 2, 3, 5], new RandomStream(1, "data"));
    expect(profile.map(({ threshold }) => threshold)).toEqual([0, 2, 3, 5]);
    expect(profile.map(({ estimate }) => estimate)).toEqual([1, (0.5 + 1) / 2, (0.25 + 0.5) / 2, 0]);
    expect(profile[0]).toMatchObject({ low: 1, high: 1 });
    for (const { low, estimate, high } of profile) {
      expect(low).toBeLessThanOrEqual(estimate);
      expect(high).toBeGreaterThanOrEqual(estimate);
    }
  });

  it("has at each threshold the stratified bootstrap's interval", () => {
    const share = (sample: readonly Float64Array[]) =>
      mean(sample.map((runs) => mean(runs.map((x) => (x > 2 ? 1 : 0)))));
    const interval = stratifiedBootstrapInterval(strata, share, new RandomStream(2, "data"));
    expect(performanceProfile(strata, [2], new RandomStream(2, "data"))).toEqual([{ threshold: 2, ...interval }]);
  });

  it("covers the share above a threshold of 4 tasks with 15 runs in 95 of 100 cases", () => {
    const covered = simulate(1000, (stream) => {
      const tasks = Array.from({ length: 4 }, () => normals(stream, 15));
      return covers(performanceProfile(tasks, [0], stream, { resamples: 400 })[0], 0.5);
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });
});
