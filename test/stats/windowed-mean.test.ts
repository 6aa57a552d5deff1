import { describe, expect, it } from "vitest";
import { windowedMean } from "../../src/stats/index.js";

describe("a mean over time", () => {
  it("is the mean over equal windows, in which values count alike, and windows without one are left out", () => {
    const steps = [50, 100, 105, 110, 111, 200, 205];
    // Windows of 10 steps after 100: (10, 20), (60), none …, (30).
    expect(windowedMean(steps, [999, 999, 10, 20, 60, 30, 999], 100, 200)).toBeCloseTo((15 + 60 + 30) / 3, 12);
    expect(windowedMean([], [], 0, 10)).toBeNaN();
  });
});
