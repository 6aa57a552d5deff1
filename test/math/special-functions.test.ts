import { describe, expect, it } from "vitest";
import { incompleteBeta } from "../../src/math/incomplete-beta.js";
import { logGamma } from "../../src/math/log-gamma.js";

describe("ln Γ", () => {
  it("has the values at whole and half numbers", () => {
    expect(logGamma(1)).toBeCloseTo(0, 13);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(0.25)).toBeCloseTo(1.2880225246980774, 13);
  });
});

describe("the regularised incomplete beta function", () => {
  it("is uniform for a = b = 1, xᵃ for b = 1, and the arcsine law for a = b = ½", () => {
    for (const x of [0, 0.1, 0.5, 0.9, 1]) {
      expect(incompleteBeta(x, 1, 1)).toBeCloseTo(x, 13);
      expect(incompleteBeta(x, 3, 1)).toBeCloseTo(x * x * x, 13);
      expect(incompleteBeta(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 13);
    }
  });
});
