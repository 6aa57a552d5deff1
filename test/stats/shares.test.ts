import { describe, expect, it } from "vitest";
import type { Interval } from "../../src/stats/index.js";
import { clopperPearsonInterval, signTest, wilsonInterval } from "../../src/stats/index.js";
import { covers } from "./simulate.js";

/** The exact probability that the interval of n trials covers their share p, by enumerating all outcomes. */
function coverage(interval: (successes: number, trials: number) => Interval, n: number, p: number): number {
  let probability = (1 - p) ** n;
  let covered = 0;
  for (let k = 0; k <= n; k++) {
    if (covers(interval(k, n), p)) covered += probability;
    probability *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return covered;
}

const shares = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);

describe("Wilson's interval", () => {
  it.each([
    // successes, trials, level, ends: scipy.stats.binomtest(k, n).proportion_ci(level, "wilson")
    [0, 10, 0.95, 0, 0.27753279986288926],
    [3, 20, 0.95, 0.05236874589621662, 0.3604188647407569],
    [19, 20, 0.9, 0.8039927632259836, 0.9887651831491484],
    [10, 10, 0.95, 0.7224672001371109, 1],
  ])("of %i in %i at level %f runs from %f to %f", (successes, trials, level, low, high) => {
    const interval = wilsonInterval(successes, trials, level);
    expect(interval.estimate).toBe(successes / trials);
    expect(interval.low).toBeCloseTo(low, 11);
    expect(interval.high).toBeCloseTo(high, 11);
  });

  it("covers a share of 20 runs with 95 % on average over all shares", () => {
    const average = shares.reduce((sum, p) => sum + coverage(wilsonInterval, 20, p), 0) / shares.length;
    expect(Math.abs(average - 0.95)).toBeLessThan(0.02);
  });
});

describe("Clopper and Pearson's interval", () => {
  it.each([
    // scipy.stats.binomtest(k, n).proportion_ci(level, "exact")
    [0, 10, 0.95, 0, 0.30849710781876294],
    [3, 20, 0.95, 0.03207093718554477, 0.37892682654529564],
    [19, 20, 0.9, 0.7838938357931302, 0.9974386212234697],
    [10, 10, 0.95, 0.6915028921812371, 1],
  ])("of %i in %i at level %f runs from %f to %f", (successes, trials, level, low, high) => {
    const interval = clopperPearsonInterval(successes, trials, level);
    expect(interval.low).toBeCloseTo(low, 11);
    expect(interval.high).toBeCloseTo(high, 11);
  });

  it("covers every share of 20 runs with at least 95 %", () => {
    for (const p of shares) expect(coverage(clopperPearsonInterval, 20, p)).toBeGreaterThanOrEqual(0.95);
  });
});

describe("intervals of shares", () => {
  it("refuse what cannot be counted", () => {
    for (const interval of [wilsonInterval, clopperPearsonInterval]) {
      expect(() => interval(0, 0)).toThrow("trials: expected a whole number from 1, found 0");
      expect(() => interval(11, 10)).toThrow("successes: expected a whole number from 0 to 10, found 11");
      expect(() => interval(0.5, 10)).toThrow("successes: expected a whole number from 0 to 10, found 0.5");
      expect(() => interval(1, 10, 1)).toThrow("level: expected a number between 0 and 1, found 1");
    }
  });
});

describe("the sign test", () => {
  const differences = (positive: number, negative: number) => [
    ...Array.from({ length: positive }, (_, i) => i + 1),
    ...Array.from({ length: negative }, (_, i) => -i - 0.5),
  ];

  it.each([
    // scipy.stats.binomtest(positive, positive + negative).pvalue
    [8, 2, 0.109375],
    [2, 8, 0.109375],
    [6, 0, 0.03125],
    [5, 1, 0.21875],
    [9, 3, 0.14599609375],
    [5, 5, 1],
  ])("with %i above zero and %i below has p = %f", (positive, negative, p) => {
    const found = signTest(differences(positive, negative));
    expect(found).toMatchObject({ positive, negative });
    expect(found.p).toBeCloseTo(p, 12);
  });

  it("leaves out zeros, and tells nothing from them alone", () => {
    expect(signTest([0, 3, 0, -1, 2])).toEqual(signTest([3, -1, 2]));
    expect(signTest([0, 0])).toEqual({ positive: 0, negative: 0, p: 1 });
  });
});
