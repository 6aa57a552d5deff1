import { describe, expect, it } from "vitest";
import { compareBySeed, compareMeans } from "../../src/stats/index.js";

const bySeed = (...values: number[]) => new Map(values.map((value, seed) => [seed, value]));

describe("a comparison by seed", () => {
  it("tells a difference that is the same for every seed, however much the seeds differ", () => {
    const found = compareBySeed(bySeed(2, 102, 1002), bySeed(1, 101, 1001));
    expect(found.comparison).toMatchObject({ difference: { estimate: 1, low: 1, high: 1 }, paired: true });
    expect(found.mean).toBeCloseTo(1106 / 3, 12);
    // Of nine pairs of values the condition's is larger in three that share a seed and three that do not.
    expect(found.probabilityOfImprovement).toBeCloseTo(6 / 9, 12);
  });

  it("says what difference it could have seen", () => {
    const { comparison } = compareBySeed(bySeed(1, 3, 2), bySeed(0, 4, 1));
    expect(comparison).toEqual(compareMeans([1, 3, 2], [0, 4, 1]));
    expect(comparison?.difference.low).toBeLessThan(0);
    expect(comparison?.detectable).toBeGreaterThan(comparison?.difference.high ?? Number.NaN);
  });

  it("pairs by seed, not by position, and leaves out what has no partner", () => {
    const values = new Map([
      [7, 10],
      [3, 4],
      [9, 100],
    ]);
    const baseline = new Map([
      [3, 1],
      [7, 7],
      [5, -50],
    ]);
    expect(compareBySeed(values, baseline)).toMatchObject({
      seeds: 3,
      comparison: { difference: { estimate: 3, low: 3, high: 3 } },
    });
  });

  it("compares nothing without a baseline or two shared seeds", () => {
    const nothing = { seeds: 2, mean: 1.5, comparison: null, probabilityOfImprovement: null };
    expect(compareBySeed(bySeed(1, 2), null)).toEqual(nothing);
    expect(compareBySeed(bySeed(1, 2), new Map([[0, 1]]))).toEqual(nothing);
  });
});
