import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  bootstrapInterval,
  interquartileMean,
  mean,
  optimalityGap,
  performanceProfile,
  pooled,
  probabilityOfImprovement,
  standardDeviation,
  stratifiedBootstrapInterval,
  stratifiedMean,
  studentisedBootstrapInterval,
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

describe("the mean over strata", () => {
  it("weighs every task the same, and has the error of independent means", () => {
    const { estimate, standardError } = stratifiedMean([
      [1, 3],
      [10, 20, 30],
    ]);
    expect(estimate).toBe(11);
    expect(standardError).toBeCloseTo(Math.sqrt(2 / 2 + 100 / 3) / 2, 14);
    expect(stratifiedMean([[7, 9, 11, 13]]).standardError).toBeCloseTo(standardDeviation([7, 9, 11, 13]) / 2, 14);
  });
});

describe("the studentised bootstrap", () => {
  it("turns the exact distribution of t around: a long upper tail of the values lengthens the upper side", () => {
    const values = [1, 1.2, 1.3, 1.5, 1.8, 2, 2.5, 3, 5, 12];
    const { estimate, low, high } = studentisedBootstrapInterval([values], new RandomStream(1, "data"));
    expect(estimate).toBeCloseTo(mean(values), 14);
    expect(high - estimate).toBeGreaterThan(2 * (estimate - low));
  });

  it("moves and scales with the values", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const interval = studentisedBootstrapInterval([values], new RandomStream(4, "data"));
    const moved = studentisedBootstrapInterval([values.map((x) => 16 + 2 * x)], new RandomStream(4, "data"));
    expect(moved.low).toBeCloseTo(16 + 2 * interval.low, 10);
    expect(moved.high).toBeCloseTo(16 + 2 * interval.high, 10);
  });

  it("covers the mean of ten skewed values in 95 of 100 cases, where the percentile interval falls short", () => {
    const exponentials = (stream: RandomStream) => Array.from({ length: 10 }, () => -Math.log(1 - stream.uniform()));
    const options = { resamples: 399 };
    const studentised = simulate(1500, (stream) =>
      covers(studentisedBootstrapInterval([exponentials(stream)], stream, options), 1),
    );
    const percentile = simulate(1500, (stream) =>
      covers(bootstrapInterval(exponentials(stream), mean, stream, options), 1),
    );
    expect(Math.abs(studentised - 0.95)).toBeLessThan(0.02);
    expect(percentile).toBeLessThan(0.91);
  });

  it("covers the mean of 3 tasks with 6 runs in 95 of 100 cases", () => {
    const covered = simulate(1000, (stream) => {
      const strata = [normals(stream, 6, 0, 1), normals(stream, 6, 1, 2), normals(stream, 6, 2, 1)];
      return covers(studentisedBootstrapInterval(strata, stream, { resamples: 399 }), 1);
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });

  it("takes a statistic of one's own", () => {
    const values = [1, 2, 4, 8, 16];
    const logarithmic = (strata: readonly ArrayLike<number>[]) =>
      stratifiedMean(strata.map((stratum) => Array.from(stratum, Math.log)));
    const own = studentisedBootstrapInterval([values], new RandomStream(5, "data"), {}, logarithmic);
    expect(own).toEqual(studentisedBootstrapInterval([values.map(Math.log)], new RandomStream(5, "data")));
  });

  it("is a point where nothing varies, endless from two values, and refuses one", () => {
    const of = (...values: number[]) => studentisedBootstrapInterval([values], new RandomStream(6, "data"));
    expect(of(4, 4, 4)).toEqual({ estimate: 4, low: 4, high: 4 });
    expect(of(1, 2)).toEqual({ estimate: 1.5, low: -Infinity, high: Infinity });
    expect(() => of(1)).toThrow("expected values with a standard error, found none");
  });
});

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
