import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, quantile } from "../../src/math/quantile.js";

describe("quantiles", () => {
  it("interpolate as NumPy does", () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30], 0)).toBe(10);
    expect(quantile([10, 20, 30], 1)).toBe(30);
    expect(median([7])).toBe(7);
  });

  it("leave their argument as it was and refuse a share outside [0, 1]", () => {
    const values = [3, 1, 2];
    quantile(values, 0.3);
    expect(values).toEqual([3, 1, 2]);
    expect(() => quantile(values, 1.5)).toThrow("expected a share between 0 and 1, found 1.5");
    expect(() => quantile(values, Number.NaN)).toThrow(RangeError);
  });

  it("keep infinite values instead of making them NaN", () => {
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 1)).toBe(Number.POSITIVE_INFINITY);
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2);
  });

  it("lie between the extremes and grow with the share", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const [low, high] = [Math.min(p, q), Math.max(p, q)].map((share) => quantile(values, share));
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
          expect(high - low).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });
});
