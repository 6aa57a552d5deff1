import { describe, expect, it } from "vitest";
import { gaussHermite } from "../../src/math/gauss-hermite.js";

const expectation = (n: number, f: (z: number) => number) => {
  const { nodes, weights } = gaussHermite(n);
  return nodes.reduce((sum, node, i) => sum + weights[i] * f(node), 0);
};

describe("the Gauss-Hermite rule", () => {
  it.each([1, 2, 5, 32])("gives the moments of the standard normal up to degree 2n − 1: n = %d", (n) => {
    let moment = 1;
    for (let degree = 0; degree <= Math.min(2 * n - 1, 20); degree += 2) {
      const found = expectation(n, (z) => z ** degree);
      expect(Math.abs(found / moment - 1)).toBeLessThan(1e-12);
      expect(Math.abs(expectation(n, (z) => z ** (degree + 1)) / moment)).toBeLessThan(1e-12);
      moment *= degree + 1;
    }
    // One degree more is too much.
    if (n < 10) expect(Math.abs(expectation(n, (z) => z ** (2 * n)) - moment)).toBeGreaterThan(0.5);
  });

  it("gives expectations of smooth functions", () => {
    expect(expectation(32, Math.exp)).toBeCloseTo(Math.exp(0.5), 12);
    expect(expectation(32, (z) => Math.cos(2 * z))).toBeCloseTo(Math.exp(-2), 12);
  });
});
