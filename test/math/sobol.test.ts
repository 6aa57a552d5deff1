import { describe, expect, it } from "vitest";
import { mostSobolDimensions, sobol } from "../../src/math/sobol.js";

describe("Sobol's sequence", () => {
  it("has the points of Joe and Kuo's generator", () => {
    const points = sobol(64, 8);
    expect(points[0]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(points[1]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(points[2]).toEqual([0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75]);
    expect(points[9]).toEqual([0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125, 0.9375, 0.4375]);
    expect(points[50]).toEqual([0.828125, 0.484375, 0.546875, 0.390625, 0.671875, 0.828125, 0.015625, 0.703125]);
    expect(points[63]).toEqual([0.015625, 0.796875, 0.359375, 0.453125, 0.859375, 0.140625, 0.578125, 0.140625]);
  });

  it("has one point in each of 2^k equal intervals of every coordinate", () => {
    const points = sobol(256, mostSobolDimensions);
    for (let k = 0; k < mostSobolDimensions; k++) {
      const intervals = new Set(points.map((point) => Math.floor(256 * point[k])));
      expect(intervals.size).toBe(256);
    }
  });

  it("refuses dimensions that it has no direction numbers for", () => {
    expect(() => sobol(1, 9)).toThrow("expected 1 to 8 dimensions, found 9");
    expect(() => sobol(1, 0)).toThrow("expected 1 to 8 dimensions, found 0");
  });
});
