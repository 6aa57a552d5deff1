import { describe, expect, it } from "vitest";
import { norm } from "../../src/optim/index.js";

describe("norm", () => {
  it("is Euclid's, in float64", () => {
    expect(norm(new Float32Array([3, 0, -4]))).toBe(5);
    expect(norm(new Float32Array([1e30, 0]))).toBeCloseTo(1e30, -24);
    expect(norm(new Float32Array(0))).toBe(0);
  });
});
