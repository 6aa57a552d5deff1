import { describe, expect, it } from "vitest";
import { holm, pairedDifference, tTest } from "../../src/stats/index.js";
import { normals, simulate } from "./simulate.js";

describe("Holm's adjustment", () => {
  it("gives the values worked by hand, in the order given", () => {
    // 4 × .005, 3 × .01, 2 × .03, 1 × .04 raised to the one before: R's p.adjust(p, "holm")
    [0.03, 0.06, 0.06, 0.02].forEach((expected, i) => {
      expect(holm([0.01, 0.04, 0.03, 0.005])[i]).toBeCloseTo(expected, 15);
    });
  });

  it("stops at 1, and leaves a single value as it is", () => {
    expect([...holm([0.9, 0.4, 0.8])]).toEqual([1, 1, 1]);
    expect([...holm([0.04])]).toEqual([0.04]);
    expect([...holm([])]).toEqual([]);
  });

  it("raises any false alarm among ten true hypotheses that share a baseline in at most 5 of 100 cases", () => {
    const alarms = simulate(2000, (stream) => {
      const baseline = normals(stream, 8);
      const pValues = Array.from({ length: 10 }, () => tTest(pairedDifference(normals(stream, 8), baseline)).p);
      return Math.min(...holm(pValues)) <= 0.05;
    });
    expect(alarms).toBeLessThan(0.06);
    // Without adjustment it would be about 30 in 100; with one too strict, next to none.
    expect(alarms).toBeGreaterThan(0.02);
  });

  it("refuses what is no probability", () => {
    expect(() => holm([0.1, 1.5])).toThrow("p-value 1: expected a number from 0 to 1, found 1.5");
    expect(() => holm([Number.NaN])).toThrow(RangeError);
  });
});
