import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerMedian } from "../../src/math/lower-median.js";

describe("the lower median", () => {
  it("is the lower median of the sorted entries and leaves the vector alone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 }), (entries) => {
        const vector = Float32Array.from(entries);
        const sorted = entries.toSorted((a, b) => a - b);
        expect(lowerMedian(vector, new Float32Array(vector.length))).toBe(sorted[(entries.length - 1) >> 1]);
        expect([...vector]).toEqual(entries);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("ends even where entries are no numbers", () => {
    expect(lowerMedian(new Float32Array(5).fill(Number.NaN), new Float32Array(5))).toBeNaN();
  });
});
