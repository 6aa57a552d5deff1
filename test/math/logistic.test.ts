import { describe, expect, it } from "vitest";
import { sigmoid, softplus } from "../../src/math/logistic.js";

describe("the logistic functions", () => {
  it("stay finite where eˣ overflows", () => {
    expect(softplus(1000)).toBe(1000);
    expect(softplus(-1000)).toBe(0);
    expect(sigmoid(1000)).toBe(1);
    expect(sigmoid(-1000)).toBe(0);
  });

  it("are slope and antiderivative, and symmetric: σ(x) + σ(−x) = 1, s(x) − s(−x) = x", () => {
    const h = 1 / 1024;
    for (const x of [-9, -1, 0, 0.3, 7]) {
      expect((softplus(x + h) - softplus(x - h)) / (2 * h)).toBeCloseTo(sigmoid(x), 6);
      expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15);
      expect(softplus(x) - softplus(-x)).toBeCloseTo(x, 14);
    }
  });
});
