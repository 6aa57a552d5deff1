import { describe, expect, it } from "vitest";
import { bisect } from "../../src/math/bisect.js";

describe("bisection", () => {
  it("finds the first double at which a condition holds", () => {
    const root = bisect((x) => x * x >= 2, 0, 2);
    expect(root * root).toBeGreaterThanOrEqual(2);
    expect(Math.abs(root - Math.SQRT2)).toBeLessThanOrEqual(2 * Number.EPSILON);
  });

  it("ends at the upper end where the condition holds nowhere", () => {
    expect(bisect(() => false, 0, 3)).toBe(3);
  });
});
