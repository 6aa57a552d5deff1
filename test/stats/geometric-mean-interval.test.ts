import { describe, expect, it } from "vitest";
import { geometricMeanInterval } from "../../src/stats/index.js";
import { covers, normals, simulate } from "./simulate.js";

describe("the geometric mean's interval", () => {
  it("agrees with scipy.stats.gmean and stats.t.interval of the logarithms", () => {
    const { estimate, low, high } = geometricMeanInterval([1, 2, 4, 9, 20]);
    expect(estimate).toBeCloseTo(4.282254736676648, 11);
    expect(low).toBeCloseTo(0.9819610987850339, 11);
    expect(high).toBeCloseTo(18.674574433222006, 10);
  });

  it("does not change with the unit", () => {
    const [one, other] = [geometricMeanInterval([1, 2, 4]), geometricMeanInterval([60, 120, 240])];
    expect(other.low / one.low).toBeCloseTo(60, 11);
    expect(other.high / one.high).toBeCloseTo(60, 11);
  });

  it("covers the median of four lognormal values in 95 of 100 cases", () => {
    const covered = simulate(4000, (stream) =>
      covers(geometricMeanInterval(normals(stream, 4, 1, 2).map(Math.exp)), Math.E),
    );
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.02);
  });

  it("promises nothing from one value, and refuses what has no logarithm", () => {
    expect(geometricMeanInterval([1])).toEqual({ estimate: 1, low: 0, high: Infinity });
    expect(() => geometricMeanInterval([1, 0])).toThrow("value 1: expected a positive number, found 0");
    expect(() => geometricMeanInterval([])).toThrow("expected at least one value, found none");
  });
});
