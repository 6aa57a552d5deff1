import { describe, expect, it } from "vitest";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Interval } from "../../src/stats/index.js";
import { kendallTau, pearsonCorrelation, ranks, spearmanCorrelation } from "../../src/stats/index.js";
import { covers, simulate } from "./simulate.js";

const x = [1, 2, 2, 4, 5, 6, 7, 8, 9, 10.5];
const y = [2, 1, 4, 3, 3, 8, 6, 9, 7, 12];

/** The share of intervals, of samples of normal pairs with this correlation, that cover the truth. */
function coverage(correlation: number, n: number, truth: number, interval: (x: number[], y: number[]) => Interval) {
  const rest = Math.sqrt(1 - correlation * correlation);
  const pair = (stream: RandomStream) => {
    const a = stream.normal();
    return [a, correlation * a + rest * stream.normal()];
  };
  return simulate(2500, (stream) => {
    const pairs = Array.from({ length: n }, () => pair(stream));
    return covers(
      interval(
        pairs.map(([a]) => a),
        pairs.map(([, b]) => b),
      ),
      truth,
    );
  });
}

describe("ranks", () => {
  it("are shared by ties", () => {
    expect([...ranks([10, 30, 20, 20, 5])]).toEqual([2, 5, 3.5, 3.5, 1]);
    expect([...ranks([])]).toEqual([]);
  });
});

describe("Pearson's correlation", () => {
  it("agrees with scipy.stats.pearsonr and its interval", () => {
    const { estimate, low, high } = pearsonCorrelation(x, y);
    expect(estimate).toBeCloseTo(0.8892008630523723, 12);
    expect(low).toBeCloseTo(0.5897602330429205, 12);
    expect(high).toBeCloseTo(0.9736918861543153, 12);
  });

  it("covers a correlation of 0.6 between 15 pairs in 95 of 100 cases", () => {
    expect(Math.abs(coverage(0.6, 15, 0.6, pearsonCorrelation) - 0.95)).toBeLessThan(0.02);
  });

  it("is certain of a line, undefined without variation, and promises nothing from three pairs", () => {
    expect(pearsonCorrelation([1, 2, 3, 4], [3, 5, 7, 9])).toEqual({ estimate: 1, low: 1, high: 1 });
    expect(pearsonCorrelation([1, 1, 1, 1], [3, 5, 7, 9])).toEqual({ estimate: Number.NaN, low: -1, high: 1 });
    expect(pearsonCorrelation([1, 2, 4], [1, 2, 3])).toMatchObject({ low: -1, high: 1 });
  });

  it("refuses what cannot be paired", () => {
    for (const correlation of [pearsonCorrelation, spearmanCorrelation, kendallTau]) {
      expect(() => correlation([1, 2], [1])).toThrow("expected pairs, found 2 and 1 values");
      expect(() => correlation([1], [1])).toThrow("expected at least two pairs, found 1");
    }
  });
});

describe("Spearman's correlation", () => {
  it("agrees with scipy.stats.spearmanr, ties included", () => {
    expect(spearmanCorrelation(x, y).estimate).toBeCloseTo(0.8658536585365854, 12);
  });

  it("does not change with a monotone scale", () => {
    expect(spearmanCorrelation(x.map(Math.exp), y.map(Math.cbrt))).toEqual(spearmanCorrelation(x, y));
  });

  it("covers in 95 of 100 cases, by normal pairs whose rank correlation is known", () => {
    // Of many normal pairs it is (6/π) arcsin(r/2).
    const truth = (6 / Math.PI) * Math.asin(0.8 / 2);
    expect(Math.abs(coverage(0.8, 30, truth, spearmanCorrelation) - 0.95)).toBeLessThan(0.02);
  });
});

describe("Kendall's τ-b", () => {
  it("agrees with scipy.stats.kendalltau, ties included", () => {
    expect(kendallTau(x, y).estimate).toBeCloseTo(0.7045454545454546, 12);
  });

  it("is 1 for the same ranking, −1 for the opposite, one third after one swap of three", () => {
    expect(kendallTau([1, 2, 3, 4, 5], [2, 3, 5, 7, 11])).toEqual({ estimate: 1, low: 1, high: 1 });
    expect(kendallTau([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]).estimate).toBe(-1);
    expect(kendallTau([1, 2, 3], [1, 3, 2]).estimate).toBeCloseTo(1 / 3, 15);
  });

  it("covers in 95 of 100 cases, by normal pairs whose τ is known", () => {
    const truth = (2 / Math.PI) * Math.asin(0.6);
    expect(Math.abs(coverage(0.6, 20, truth, kendallTau) - 0.95)).toBeLessThan(0.02);
  });

  it("promises nothing from four items, and is undefined where one side ties all", () => {
    expect(kendallTau([1, 2, 3, 4], [1, 2, 4, 3])).toMatchObject({ low: -1, high: 1 });
    expect(kendallTau([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]).estimate).toBeNaN();
  });
});
