import { describe, expect, it } from "vitest";
import type { RandomStream } from "../../src/rng/random-stream.js";
import {
  type Duration,
  kaplanMeier,
  logRankTest,
  restrictedMean,
  restrictedMeanDifference,
  survivalInterval,
  survivalMedian,
} from "../../src/stats/index.js";
import { covers, simulate } from "./simulate.js";

const event = (time: number): Duration => ({ time, observed: true });
const censored = (time: number): Duration => ({ time, observed: false });

/** Weeks in remission of 21 patients under 6-MP and 21 under placebo: Freireich et al. (1963), in Cox and Oakes (1984). */
const treated = [
  ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map(event),
  ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(censored),
];
const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map(event);
const third = [event(2), censored(3), event(8), event(9), censored(14), event(20), event(30), censored(31)];

/** Exponential waits of this mean, watched until the given time. */
const waits = (stream: RandomStream, n: number, mean: number, watched: number): Duration[] =>
  Array.from({ length: n }, () => {
    const time = -mean * Math.log(1 - stream.uniform());
    return time <= watched ? event(time) : censored(watched);
  });

describe("the Kaplan-Meier estimate", () => {
  it("gives the survival curve of the textbook example of remission times", () => {
    const curve = kaplanMeier(treated);
    expect(curve.map(({ time }) => time)).toEqual([6, 7, 10, 13, 16, 22, 23]);
    [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448].forEach((survival, index) => {
      expect(curve[index].survival).toBeCloseTo(survival, 3);
    });
    expect(survivalMedian(treated)).toBe(23);
  });

  it("has Greenwood's standard error, as scipy.stats.ecdf has it", () => {
    const errors = kaplanMeier(treated).map(({ standardError }) => standardError);
    [0.07636035, 0.08693529, 0.09634965, 0.10681471, 0.11405387, 0.12823375, 0.13459146].forEach((error, index) => {
      expect(errors[index]).toBeCloseTo(error, 8);
    });
    // Uncensored it is the binomial's √(S(1 − S)/n), at the end 0.
    const complete = kaplanMeier([1, 2, 3, 4].map(event));
    expect(complete[0].standardError).toBeCloseTo(Math.sqrt((0.75 * 0.25) / 4), 14);
    expect(complete[3]).toEqual({ time: 4, survival: 0, standardError: 0, atRisk: 1, events: 1 });
  });

  it("has the plain median when nothing is censored", () => {
    expect(survivalMedian([5, 1, 9, 3, 7].map(event))).toBe(5);
    expect(survivalMedian([1, 2, 3, 4, 5, 6].map(event))).toBe(3);
    expect(survivalMedian([1, 2, 3, 4, 5, 6].map(event), "midpoint")).toBe(3.5);
    expect(survivalMedian([5, 1, 9, 3, 7].map(event), "midpoint")).toBe(5);
  });

  it("has no median when more than half were never seen to recover", () => {
    expect(survivalMedian([event(10), censored(100), censored(100)])).toBeNull();
    expect(survivalMedian([])).toBeNull();
  });

  it("does not take the end of the watching for a recovery", () => {
    expect(survivalMedian([event(10), event(20), censored(30), censored(30), censored(30)])).toBeNull();
    expect(survivalMedian([event(10), event(20), event(30), censored(30), censored(30)])).toBe(30);
  });

  it("has a midpoint only where the curve runs at one half to another event", () => {
    expect(survivalMedian([event(10), event(20), censored(30), censored(30)], "midpoint")).toBe(20);
    expect(survivalMedian([event(1), event(2), event(3), censored(3)], "midpoint")).toBe(2.5);
  });
});

describe("the interval of a survival curve", () => {
  it("agrees with scipy.stats.ecdf's log-log interval", () => {
    const intervals = kaplanMeier(treated).map((point) => survivalInterval(point));
    const low = [0.61971796, 0.56314656, 0.50319951, 0.43161022, 0.36751086, 0.26777894, 0.18805201];
    const high = [0.95155175, 0.92280902, 0.88936184, 0.84906596, 0.80491219, 0.74679072, 0.68014263];
    intervals.forEach((interval, index) => {
      expect(interval.low).toBeCloseTo(low[index], 8);
      expect(interval.high).toBeCloseTo(high[index], 8);
    });
  });

  it("says nothing where nobody is left", () => {
    expect(survivalInterval(kaplanMeier([event(1)])[0])).toEqual({ estimate: 0, low: 0, high: 1 });
  });

  it("covers the survival of 30 waits at their mean in 95 of 100 cases", () => {
    const covered = simulate(2000, (stream) => {
      const before = kaplanMeier(waits(stream, 30, 1, 2)).filter(({ time }) => time <= 1);
      const last = before.at(-1);
      return last !== undefined && covers(survivalInterval(last), Math.exp(-1));
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });
});

describe("the log-rank test", () => {
  it("finds the published difference between 6-MP and placebo, as scipy.stats.logrank does", () => {
    const { statistic, degrees, p, observed, expected } = logRankTest([treated, placebo]);
    expect(statistic).toBeCloseTo(16.792940989216536, 11);
    expect(degrees).toBe(1);
    expect(p / 4.168809109334529e-5).toBeCloseTo(1, 10);
    expect(observed).toEqual([9, 21]);
    expect(expected[0]).toBeCloseTo(19.25050095, 8);
    expect(expected[1]).toBeCloseTo(10.74949905, 8);
  });

  it("of three groups agrees with the form over all three by a pseudo-inverse (NumPy)", () => {
    for (const groups of [
      [treated, placebo, third],
      [third, treated, placebo],
    ]) {
      const { statistic, degrees, p } = logRankTest(groups);
      expect(statistic).toBeCloseTo(18.548871316347, 10);
      expect(degrees).toBe(2);
      expect(p / 9.379156248594131e-5).toBeCloseTo(1, 10);
    }
  });

  it("leaves out a group that nobody watched at any event", () => {
    const { statistic, degrees } = logRankTest([treated, [censored(0.5)], placebo]);
    expect(statistic).toBeCloseTo(16.792940989216536, 11);
    expect(degrees).toBe(1);
  });

  it("tells nothing without events, or where all come at once", () => {
    expect(logRankTest([[censored(1)], [censored(2)]])).toMatchObject({ statistic: 0, degrees: 0, p: 1 });
    expect(logRankTest([[event(1)], [event(1), event(1)]])).toMatchObject({ statistic: 0, degrees: 1, p: 1 });
  });

  it("rejects for three censored groups that wait alike in 5 of 100 cases", () => {
    const rejected = simulate(2000, (stream) => {
      return logRankTest([20, 15, 25].map((n) => waits(stream, n, 1, 1.5))).p <= 0.05;
    });
    expect(Math.abs(rejected - 0.05)).toBeLessThan(0.02);
  });

  it("needs two groups", () => {
    expect(() => logRankTest([treated])).toThrow("expected at least two groups, found 1");
  });
});

describe("the restricted mean", () => {
  it("is the mean of the durations cut at the horizon where nothing is censored, its error theirs", () => {
    const { estimate, standardError } = restrictedMean(placebo, 23);
    const cut = placebo.map(({ time }) => time);
    const mean = cut.reduce((sum, time) => sum + time, 0) / 21;
    expect(estimate).toBeCloseTo(mean, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(cut.reduce((sum, t) => sum + (t - mean) * (t - mean), 0)) / 21, 12);
    expect(restrictedMean(placebo, 30).estimate).toBeCloseTo(mean, 12);
  });

  it("agrees with the sum of rectangles and its variance (NumPy)", () => {
    const found = restrictedMean(treated, 20);
    expect(found.estimate).toBeCloseTo(16.116526610644257, 11);
    expect(found.standardError).toBeCloseTo(1.2515601960050473, 11);
    expect(restrictedMean(placebo, 20).estimate).toBeCloseTo(8.42857142857143, 11);
    const difference = restrictedMeanDifference(treated, placebo, 20);
    expect(difference.estimate).toBeCloseTo(16.116526610644257 - 8.42857142857143, 11);
    expect(difference.standardError).toBeCloseTo(Math.hypot(1.2515601960050473, 1.2680826825039222), 11);
    expect(difference.high - difference.low).toBeCloseTo(2 * 1.959963984540054 * difference.standardError, 10);
  });

  it("is the horizon where nobody's event comes before it", () => {
    expect(restrictedMean([event(5), censored(7)], 3)).toEqual({ estimate: 3, standardError: 0, low: 3, high: 3 });
  });

  it("covers a difference of 20 and 30 censored waits in 95 of 100 cases", () => {
    // ∫₀¹ exp(−t/m) dt = m (1 − exp(−1/m))
    const truth = 2 * (1 - Math.exp(-0.5)) - (1 - Math.exp(-1));
    const covered = simulate(2000, (stream) => {
      const groups = [waits(stream, 20, 2, 1.2), waits(stream, 30, 1, 1.2)];
      return covers(restrictedMeanDifference(groups[0], groups[1], 1), truth);
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });

  it("refuses a horizon beyond the watching", () => {
    const message = "horizon: expected at most 35, the last time watched, found 36";
    expect(() => restrictedMean(treated, 36)).toThrow(message);
    expect(() => restrictedMean(treated, 0)).toThrow("horizon: expected a positive time, found 0");
  });
});
