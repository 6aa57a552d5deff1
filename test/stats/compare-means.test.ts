import { describe, expect, it } from "vitest";
import { Streams } from "../../src/rng/streams.js";
import { differenceBySeed } from "../../src/stats/compare-means.js";
import { compareMeans, pairedDifference, tTest, welchDifference } from "../../src/stats/index.js";

const x = [10, 12, 14, 17, 19];

describe("a comparison of means", () => {
  it("pairs values that share what their seed does to them", () => {
    const y = [9, 11.5, 13, 15.5, 18];
    const found = compareMeans(x, y);
    expect(found.paired).toBe(true);
    expect(found.correlation).toBeGreaterThan(0.9);
    expect(found.difference).toEqual(tTest(pairedDifference(x, y)).interval);
    expect(found.detectable).toBeLessThan(0.7);
  });

  it("takes values that do not correlate as independent groups", () => {
    const y = [18, 9, 15.5, 11.5, 13];
    const found = compareMeans(x, y);
    expect(found.paired).toBe(false);
    expect(found.p).toBe(tTest(welchDifference(x, y)).p);
  });

  it("does not pair where one side does not vary", () => {
    expect(compareMeans(x, [1, 1, 1, 1, 1])).toMatchObject({ paired: false, correlation: Number.NaN });
  });

  it("tells nothing of a single pair but its difference, and refuses values without a partner", () => {
    const found = compareMeans([3], [1]);
    expect(found.difference).toEqual({ estimate: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    expect([found.p, found.detectable]).toEqual([1, Number.POSITIVE_INFINITY]);
    expect(compareMeans([], []).difference.estimate).toBeNaN();
    expect(() => compareMeans([3], [1, 2])).toThrow(RangeError);
  });

  it("rejects equal means in about 5 % of experiments, although it chooses the test by the values", () => {
    const stream = new Streams(1).get("data");
    for (const seeds of [10, 20]) {
      const sample = () => Array.from({ length: seeds }, () => stream.normal());
      const experiments = 4000;
      let rejected = 0;
      for (let i = 0; i < experiments; i++) {
        if (tTest(differenceBySeed(sample(), sample()).difference).p < 0.05) rejected++;
      }
      expect(Math.abs(rejected / experiments - 0.05)).toBeLessThan(0.02);
    }
  });
});
