import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  bootstrapInterval,
  mean,
  standardDeviation,
  stratifiedMean,
  studentisedBootstrapInterval,
} from "../../src/stats/index.js";
import { covers, normals, simulate } from "./simulate.js";

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
