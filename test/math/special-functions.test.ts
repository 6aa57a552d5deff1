import { describe, expect, it } from "vitest";
import { incompleteBeta } from "../../src/math/incomplete-beta.js";
import { upperIncompleteGamma } from "../../src/math/incomplete-gamma.js";
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

describe("the regularised upper incomplete gamma function", () => {
  it("is e⁻ˣ for a = 1 and e⁻ˣ(1 + x) for a = 2", () => {
    for (const x of [0.1, 1, 1.9, 3, 20]) {
      expect(upperIncompleteGamma(1, x) / Math.exp(-x)).toBeCloseTo(1, 12);
      expect(upperIncompleteGamma(2, x) / (Math.exp(-x) * (1 + x))).toBeCloseTo(1, 12);
    }
  });

  it("agrees with scipy.special.gammaincc on both sides of the mean and far out", () => {
    expect(upperIncompleteGamma(0.5, 0.3) / 0.4385780260809997).toBeCloseTo(1, 12);
    expect(upperIncompleteGamma(2.5, 2) / 0.5494159513527802).toBeCloseTo(1, 12);
    expect(upperIncompleteGamma(3.2, 11) / 0.0016460265823162138).toBeCloseTo(1, 12);
    expect(upperIncompleteGamma(50, 100) / 1.1784500720979781e-8).toBeCloseTo(1, 12);
  });

  it("has its limits", () => {
    expect(upperIncompleteGamma(0.5, 0)).toBe(1);
    expect(upperIncompleteGamma(0.5, Number.POSITIVE_INFINITY)).toBe(0);
  });
});
