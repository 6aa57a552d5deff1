import { describe, expect, it } from "vitest";
import { comparePaired } from "../../src/stats/index.js";

const bySeed = (...values: number[]) => new Map(values.map((value, seed) => [seed, value]));

describe("a paired comparison", () => {
  it("tells a difference that is the same for every seed, however much the seeds differ", () => {
    const found = comparePaired(bySeed(2, 102, 1002), bySeed(1, 101, 1001));
    expect(found).toMatchObject({ seeds: 3, difference: { estimate: 1, low: 1, high: 1 }, seedsNeeded: null });
    expect(found.mean).toBeCloseTo(1106 / 3, 12);
    // Of nine pairs of values the condition's is larger in three that share a seed and three that do not.
    expect(found.probabilityOfImprovement).toBeCloseTo(6 / 9, 12);
  });

  it("says how many seeds would tell a difference that these do not", () => {
    const { difference, seedsNeeded } = comparePaired(bySeed(1, 3, 2), bySeed(0, 4, 1));
    expect(difference?.estimate).toBeCloseTo(1 / 3, 12);
    expect(difference?.low).toBeLessThan(0);
    expect(difference?.high).toBeGreaterThan(0);
    // (2.8 · s/d̄)² with s = 2/√3 and d̄ = 1/3.
    expect(seedsNeeded).toBe(Math.ceil(2.8 * 2.8 * 12));
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
    expect(comparePaired(values, baseline)).toMatchObject({ seeds: 3, difference: { estimate: 3, low: 3, high: 3 } });
  });

  it("compares nothing without a baseline or a shared seed", () => {
    const nothing = { seeds: 2, mean: 1.5, difference: null, probabilityOfImprovement: null, seedsNeeded: null };
    expect(comparePaired(bySeed(1, 2), null)).toEqual(nothing);
    expect(comparePaired(bySeed(1, 2), new Map([[5, 1]]))).toEqual(nothing);
  });
});
