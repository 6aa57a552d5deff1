import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosine, sine } from "../../src/math/elementary/trigonometry.js";

/** The distance between two doubles of one sign and size, in units of the first one's last place. */
function units(expected: number, found: number): number {
  const size = Math.abs(expected);
  const bits = new BigUint64Array(new Float64Array([size]).buffer);
  bits[0] += 1n;
  return Math.abs(expected - found) / (new Float64Array(bits.buffer)[0] - size);
}

describe("sine and cosine", () => {
  it.each([1, 10, 1e3, 8e5])("are within 2 units in the last place of the library's up to |x| = %d", (range) => {
    fc.assert(
      fc.property(fc.double({ min: -range, max: range, noNaN: true }), (x) => {
        expect(units(Math.sin(x), sine(x))).toBeLessThan(2);
        expect(units(Math.cos(x), cosine(x))).toBeLessThan(2);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it("keeps the accuracy next to multiples of π/2, where a short reduction would lose it", () => {
    for (let n = -2000; n <= 2000; n++) {
      const x = n * (Math.PI / 2);
      expect(units(Math.sin(x), sine(x))).toBeLessThan(2);
      expect(units(Math.cos(x), cosine(x))).toBeLessThan(2);
    }
  });

  it("has fixed bits", () => {
    expect([sine(0), cosine(0), sine(0.2), cosine(0.2), sine(3), cosine(-3), sine(-1e5)]).toEqual([
      0, 1, 0.19866933079506122, 0.9800665778412416, 0.1411200080598672, -0.9899924966004454, -0.03574879797201651,
    ]);
  });

  it("stays bounded and deterministic beyond the accurate range, and has no value at infinity", () => {
    expect(Math.abs(sine(1e300))).toBeLessThanOrEqual(1);
    expect(sine(1e300)).toBe(sine(1e300));
    expect(sine(Number.POSITIVE_INFINITY)).toBeNaN();
    expect(cosine(Number.NaN)).toBeNaN();
  });
});
