import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  bootstrapInterval,
  interquartileMean,
  mean,
  pooled,
  probabilityOfImprovement,
  standardDeviation,
  stratifiedBootstrapInterval,
} from "../../src/stats/index.js";
import { covers, normals, simulate } from "./simulate.js";

describe("the percentile bootstrap", () => {
  const values = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];

  it("gives the same interval from the same stream and another from another", () => {
    const from = (seed: number) => bootstrapInterval(values, mean, new RandomStream(seed, "evaluation"));
    expect(from(1)).toEqual(from(1));
    expect(from(1)).not.toEqual(from(2));
  });

  it("has the ends that the resampling distribution of two values has", () => {
    // Means of resamples of {0, 1}: 0, ½, 1 with probabilities ¼, ½, ¼; the 20 % to 80 % quantiles are 0 and 1.
    const stream = new RandomStream(3, "evaluation");
    expect(bootstrapInterval([0, 1], mean, stream, { level: 0.6 })).toEqual({ estimate: 0.5, low: 0, high: 1 });
    // Their 30 % and 70 % quantiles are both ½.
    expect(bootstrapInterval([0, 1], mean, stream, { level: 0.4 })).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 });
  });

  it("comes near the normal interval of a mean and takes any statistic", () => {
    const stream = new RandomStream(4, "evaluation");
    const { low, high } = bootstrapInterval(values, mean, stream, { resamples: 20_000 });
    // The bootstrap's standard error is s √((n − 1)/n) / √n.
    const half = 1.96 * standardDeviation(values) * Math.sqrt(9 / 10 / 10);
    expect(low).toBeCloseTo(mean(values) - half, 0);
    expect(high).toBeCloseTo(mean(values) + half, 0);
    expect(bootstrapInterval(values, interquartileMean, stream).estimate).toBe(interquartileMean(values));
  });
});

describe("the stratified bootstrap", () => {
  it("draws within tasks, never across", () => {
    // Tasks without spread: their scores can change only if runs change tasks.
    const strata = [
      [1, 1],
      [5, 5, 5],
    ];
    const interval = stratifiedBootstrapInterval(
      strata,
      (sample) => mean(sample.map(mean)),
      new RandomStream(1, "data"),
    );
    expect(interval).toEqual({ estimate: 3, low: 3, high: 3 });
    const pool = bootstrapInterval(pooled(strata), mean, new RandomStream(1, "data"));
    expect(pool.high - pool.low).toBeGreaterThan(1);
  });

  it("has the ends of the exact resampling distribution of two tasks with two runs", () => {
    // Sum of two means of {0, 1}: 0, ½, 1, 3/2, 2 with probabilities 1, 4, 6, 4, 1 in 16. Its 25 % quantile is ½.
    const sum = (sample: readonly Float64Array[]) => mean(sample[0]) + mean(sample[1]);
    const strata = [
      [0, 1],
      [0, 1],
    ];
    const ends = (level: number) => {
      const { low, high } = stratifiedBootstrapInterval(strata, sum, new RandomStream(2, "data"), { level });
      return [low, high];
    };
    expect(ends(0.95)).toEqual([0, 2]);
    expect(ends(0.5)).toEqual([0.5, 1.5]);
    expect(ends(0.2)).toEqual([1, 1]);
  });

  it("of one stratum is the plain bootstrap", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const plain = bootstrapInterval(values, interquartileMean, new RandomStream(3, "data"));
    const stratified = stratifiedBootstrapInterval(
      [values],
      (sample) => interquartileMean(pooled(sample)),
      new RandomStream(3, "data"),
    );
    expect(stratified).toEqual(plain);
  });

  it("covers the interquartile mean of 5 tasks with 10 runs in 95 of 100 cases", () => {
    const covered = simulate(600, (stream) => {
      const strata = Array.from({ length: 5 }, () => normals(stream, 10));
      const statistic = (sample: readonly Float64Array[]) => interquartileMean(pooled(sample));
      return covers(stratifiedBootstrapInterval(strata, statistic, stream, { resamples: 400 }), 0);
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });

  it("takes two conditions as strata of one comparison", () => {
    const strata = [
      [5, 6, 7],
      [1, 2, 3],
    ];
    const improvement = ([x, y]: readonly Float64Array[]) => probabilityOfImprovement(x, y);
    const interval = stratifiedBootstrapInterval(strata, improvement, new RandomStream(1, "data"));
    expect(interval).toEqual({ estimate: 1, low: 1, high: 1 });
  });

  it("refuses strata without values, and a level that is a percentage", () => {
    const stream = new RandomStream(1, "data");
    const estimate = (strata: number[][], level?: number) =>
      stratifiedBootstrapInterval(strata, (sample) => mean(pooled(sample)), stream, { level });
    expect(() => estimate([])).toThrow("expected at least one stratum, found none");
    expect(() => estimate([[1], []])).toThrow("stratum 1: expected at least one value, found none");
    expect(() => estimate([[1, 2]], 95)).toThrow("level: expected a number between 0 and 1, found 95");
  });
});
