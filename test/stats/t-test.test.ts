import { describe, expect, it } from "vitest";
import { equivalenceTest, pairedDifference, tTest, welchDifference } from "../../src/stats/index.js";
import { covers, normals, simulate } from "./simulate.js";

/** Student's (1908) hours of sleep gained by ten patients under two drugs. */
const sleep = [
  [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
  [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
];
const [first, second] = sleep;

describe("the t-test", () => {
  it("of pairs agrees with scipy.stats.ttest_rel on Student's own data", () => {
    const { statistic, degrees, p, interval } = tTest(pairedDifference(first, second));
    expect(statistic).toBeCloseTo(-4.062127683382037, 11);
    expect(degrees).toBe(9);
    expect(p).toBeCloseTo(0.002832890197384273, 12);
    expect(interval.estimate).toBeCloseTo(-1.58, 12);
    expect(interval.low).toBeCloseTo(-2.459885763276983, 11);
    expect(interval.high).toBeCloseTo(-0.7001142367230175, 11);
  });

  it("of independent groups agrees with scipy.stats.ttest_ind(equal_var=False)", () => {
    const { statistic, degrees, p, interval } = tTest(welchDifference(first, second));
    expect(statistic).toBeCloseTo(-1.8608134674868526, 11);
    expect(degrees).toBeCloseTo(17.776473516178488, 10);
    expect(p).toBeCloseTo(0.0793941401873583, 12);
    expect(interval.low).toBeCloseTo(-3.3654832307117104, 11);
    expect(interval.high).toBeCloseTo(0.20548323071171137, 11);
  });

  it("tells a difference without variance for certain, and none without", () => {
    expect(tTest(pairedDifference([2, 3], [1, 2]))).toMatchObject({ statistic: Infinity, p: 0 });
    expect(tTest(welchDifference([2, 2], [2, 2]))).toMatchObject({ statistic: 0, p: 1, degrees: 2 });
  });

  it("covers the difference of two groups of unlike size and variance in 95 of 100 cases", () => {
    const covered = simulate(4000, (stream) => {
      const { interval } = tTest(welchDifference(normals(stream, 5, 1, 3), normals(stream, 12, 0, 1)));
      return covers(interval, 1);
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });

  it("refuses what cannot be paired, and single values", () => {
    expect(() => pairedDifference([1, 2], [1])).toThrow("expected pairs, found 2 and 1 values");
    expect(() => pairedDifference([1], [1])).toThrow("expected at least two pairs, found 1");
    expect(() => welchDifference([1, 2], [1])).toThrow("expected at least two values in each group, found 2 and 1");
    expect(() => tTest(pairedDifference(first, second), 95)).toThrow(
      "level: expected a number between 0 and 1, found 95",
    );
  });
});

describe("the test of equivalence", () => {
  it("agrees with two one-sided t-tests of scipy on pairs", () => {
    const found = equivalenceTest(pairedDifference(first, second), 2.5);
    expect(found.pAboveLowerMargin).toBeCloseTo(0.02111686024650077, 12);
    expect(found.pBelowUpperMargin).toBeCloseTo(1.2002417381896456e-6, 15);
    expect(found).toMatchObject({ p: found.pAboveLowerMargin, equivalent: true });
    expect(found.interval.low).toBeCloseTo(-2.293005267029284, 11);
    expect(found.interval.high).toBeCloseTo(-0.8669947329707163, 11);
  });

  it("agrees with them on independent groups", () => {
    const found = equivalenceTest(welchDifference(first, second), 2.5);
    expect(found.pAboveLowerMargin).toBeCloseTo(0.14652972312252044, 12);
    expect(found.pBelowUpperMargin).toBeCloseTo(7.328164793779167e-5, 14);
    expect(found.equivalent).toBe(false);
    expect(found.interval.low).toBeCloseTo(-3.053381497331607, 11);
    expect(found.interval.high).toBeCloseTo(-0.10661850266839323, 11);
  });

  it("finds equivalence exactly where its interval lies within the margin", () => {
    const difference = pairedDifference(first, second);
    const { interval } = equivalenceTest(difference, 1);
    expect(equivalenceTest(difference, -interval.low * 1.0001).equivalent).toBe(true);
    expect(equivalenceTest(difference, -interval.low * 0.9999).equivalent).toBe(false);
  });

  it("calls a difference at its margin equivalent in 5 of 100 cases", () => {
    const found = simulate(4000, (stream) => {
      const difference = pairedDifference(normals(stream, 10, 1, 0.4), normals(stream, 10, 0, 0.4));
      return equivalenceTest(difference, 1).equivalent;
    });
    expect(Math.abs(found - 0.05)).toBeLessThan(0.02);
  });

  it("refuses a margin and a level that say nothing", () => {
    const difference = pairedDifference(first, second);
    expect(() => equivalenceTest(difference, 0)).toThrow("margin: expected a positive number, found 0");
    expect(() => equivalenceTest(difference, 1, 0.5)).toThrow("alpha: expected a number between 0 and 0.5, found 0.5");
  });
});
