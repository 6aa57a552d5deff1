import { describe, expect, it } from "vitest";
import {
  noncentralStudentDistribution,
  pairedDifference,
  pairedPrecision,
  smallestDetectableDifference,
  studentDistribution,
  tTest,
  unpairedPrecision,
  welchDifference,
} from "../../src/stats/index.js";
import { normals, simulate } from "./simulate.js";

describe("the noncentral t distribution", () => {
  it.each([
    // t, degrees, noncentrality: scipy.stats.nct.cdf
    [2, 5, 1, 0.7780746626162148],
    [2.776, 4, 3.5, 0.2550213569760203],
    [-1, 7.5, 0.5, 0.07736795359474502],
    [12.7, 1, 16, 0.20913226139033825],
    [-2, 10, 2, 0.00013305608206590908],
    [1.5, 3, -1, 0.9818145145908904],
    [0, 4, 1.2, 0.11506967022170833],
    [40, 30, 38, 0.6174752593411157],
  ])("has below %f with %f degrees of freedom and noncentrality %f the share %f", (t, degrees, delta, share) => {
    expect(noncentralStudentDistribution(t, degrees, delta)).toBeCloseTo(share, 11);
  });

  it("is Student's own without noncentrality", () => {
    for (const t of [-3, -0.2, 0, 1, 4]) {
      expect(noncentralStudentDistribution(t, 6, 0)).toBeCloseTo(studentDistribution(t, 6), 12);
    }
  });
});

describe("the smallest detectable difference", () => {
  it("is the one that integrating the noncentral t's definition gives (scipy.integrate)", () => {
    expect(smallestDetectableDifference(pairedPrecision(1, 20))).toBeCloseTo(0.660441654623026, 9);
    expect(smallestDetectableDifference(pairedPrecision(1, 5))).toBeCloseTo(1.6819969659555545, 9);
    expect(smallestDetectableDifference(pairedPrecision(1, 2))).toBeCloseTo(11.549888435882348, 8);
    expect(smallestDetectableDifference(unpairedPrecision(1, 20, 20))).toBeCloseTo(0.90912903268208, 9);
    const strict = { alpha: 0.01, power: 0.9 };
    expect(smallestDetectableDifference(unpairedPrecision(3, 8, 15), strict)).toBeCloseTo(5.5112555991475904, 8);
  });

  it("is told by pairs in 80 of 100 cases", () => {
    const difference = smallestDetectableDifference(pairedPrecision(2, 6));
    const zeros = new Float64Array(6);
    const told = simulate(
      4000,
      (stream) => tTest(pairedDifference(normals(stream, 6, difference, 2), zeros)).p <= 0.05,
    );
    expect(Math.abs(told - 0.8)).toBeLessThan(0.02);
  });

  it("is told by two groups in 80 of 100 cases", () => {
    const difference = smallestDetectableDifference(unpairedPrecision(1, 8, 12));
    const told = simulate(4000, (stream) => {
      return tTest(welchDifference(normals(stream, 8, difference), normals(stream, 12))).p <= 0.05;
    });
    expect(Math.abs(told - 0.8)).toBeLessThan(0.02);
  });

  it("is what an experiment could have seen, and 0 where nothing varies", () => {
    const found = pairedDifference([3, 1, 4, 1, 5], [2, 7, 1, 8, 2]);
    const own = smallestDetectableDifference(found);
    expect(own).toBeCloseTo(1.6819969659555545 * found.standardError * Math.sqrt(5), 8);
    expect(smallestDetectableDifference(pairedDifference([1, 2], [0, 1]))).toBe(0);
  });

  it("refuses a power below the level", () => {
    const precision = pairedPrecision(1, 5);
    const message = "expected 0 < alpha < power < 1, found alpha 0.05 and power 0.01";
    expect(() => smallestDetectableDifference(precision, { power: 0.01 })).toThrow(message);
    expect(() => pairedPrecision(1, 1)).toThrow("expected at least two pairs, found 1");
    expect(() => unpairedPrecision(1, 5, 1)).toThrow("expected at least two values in each group, found 5 and 1");
  });
});
