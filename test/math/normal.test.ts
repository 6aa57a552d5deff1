import { describe, expect, it } from "vitest";
import { normalDistribution, normalQuantile, normalUpperTail } from "../../src/math/normal.js";

describe("the normal distribution", () => {
  it.each([
    // scipy.stats.norm.sf
    [1, 0.15865525393145707],
    [1.959963984540054, 0.025],
    [5, 2.866515718791933e-7],
    [10, 7.61985302416047e-24],
    [-2, 0.9772498680518208],
  ])("has above %f the share %f", (z, tail) => {
    expect(normalUpperTail(z) / tail).toBeCloseTo(1, 12);
    expect(normalDistribution(-z)).toBe(normalUpperTail(z));
  });

  it.each([
    // scipy.stats.norm.ppf
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.05, -1.6448536269514729],
    [1e-10, -6.361340902404056],
  ])("has the %f-quantile %f", (p, z) => {
    expect(normalQuantile(p) / z).toBeCloseTo(1, 11);
  });

  it("is centred, and refuses what is no probability", () => {
    expect(normalQuantile(0.5)).toBe(0);
    for (const p of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});
