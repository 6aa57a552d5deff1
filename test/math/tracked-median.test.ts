import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerMedian } from "../../src/math/lower-median.js";
import { TrackedMedian } from "../../src/math/tracked-median.js";

describe("the median of a vector that changes", () => {
  it("is the lower median at every call, whether the vector changes little or altogether", () => {
    const length = 64;
    const vectors = fc.array(
      fc.array(fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.constantFrom(0, 1, 1.05, 1e-30, 1e30)), {
        minLength: length,
        maxLength: length,
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(vectors, (steps) => {
        const median = new TrackedMedian(new Float32Array(length));
        for (const values of steps) {
          const vector = Float32Array.from(values);
          expect(median.of(vector)).toBe(lowerMedian(vector, new Float32Array(length)));
          expect(median.of(vector.map((value) => value * 1.01))).toBe(
            lowerMedian(
              vector.map((value) => value * 1.01),
              new Float32Array(length),
            ),
          );
        }
      }),
    );
  });
});
