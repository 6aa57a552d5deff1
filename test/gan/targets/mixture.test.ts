import { describe, expect, it } from "vitest";
import { grid, highQualityCeiling, quality, ring, sampleMixture } from "../../../gan/index.js";
import { RandomStream } from "../../../src/rng/random-stream.js";

describe("a mixture", () => {
  it("puts eight modes evenly on the ring and twenty-five on the grid", () => {
    const { centres } = ring(8, 2, 0.02);
    expect(centres).toHaveLength(16);
    expect([...centres.slice(0, 2)]).toEqual([2, 0]);
    for (let mode = 0; mode < 8; mode++) {
      expect(Math.hypot(centres[2 * mode], centres[2 * mode + 1])).toBeCloseTo(2, 12);
    }
    const square = grid(5, 2, 0.05).centres;
    expect([...square.slice(0, 2)]).toEqual([-4, -4]);
    expect([...square.slice(-2)]).toEqual([4, 4]);
    expect(square.reduce((sum, value) => sum + value, 0)).toBe(0);
  });

  it("is sampled with its own weights and deviation: a perfect generator reaches the ceiling", () => {
    const target = ring(8, 2, 0.02);
    const rows = 40_000;
    const samples = new Float32Array(2 * rows);
    sampleMixture(target, new RandomStream(1, "data"), samples, rows);
    const found = quality(target, samples, rows);
    expect(found.modes).toBe(8);
    // Binomial: four standard errors.
    expect(Math.abs(found.highQuality - highQualityCeiling)).toBeLessThan(4 * Math.sqrt(0.0111 / rows));
    expect(found.reverseKl).toBeLessThan(0.001);
    // A Gaussian cut at 3σ: √(1 − 4.5 e^−4.5/(1 − e^−4.5)).
    expect(found.spread).toBeCloseTo(0.974, 2);
  });
});

describe("quality", () => {
  const target = ring(4, 1, 0.1);

  it("counts a mode from one sample within 3σ, and none beyond", () => {
    expect(quality(target, [1.29, 0], 1)).toMatchObject({ modes: 1, highQuality: 1, reverseKl: Math.log(4) });
    expect(quality(target, [1.31, 0], 1)).toMatchObject({ modes: 0, highQuality: 0 });
  });

  it("has reverse KL 0 for equal shares and ln(modes) for one mode", () => {
    const even = { modes: 4, highQuality: 1, reverseKl: 0 };
    expect(quality(target, [1, 0, 0, 1, -1, 0, 0, -1], 4)).toMatchObject(even);
    expect(quality(target, [1, 0, 0, 1], 2).reverseKl).toBeCloseTo(Math.log(2), 12);
  });

  it("measures the spread of good samples in units of σ, and none where there are none", () => {
    expect(quality(target, [1.1, 0.2, 5, 5], 2).spread).toBeCloseTo(Math.sqrt((0.01 + 0.04) / 2) / 0.1, 10);
    expect(quality(target, [5, 5], 1).spread).toBeNaN();
  });

  it("takes samples that are not finite for bad ones", () => {
    expect(quality(target, [Number.NaN, 0, Number.POSITIVE_INFINITY, 0], 2)).toMatchObject({
      modes: 0,
      highQuality: 0,
    });
  });
});
