import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  interquartileMean,
  mean,
  probabilityOfImprovement,
  standardDeviation,
  studentInterval,
  studentQuantile,
} from "../../src/stats/index.js";

describe("mean and standard deviation", () => {
  it("give the textbook's values", () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 15);
  });

  it("are undefined without enough values", () => {
    expect(mean([])).toBeNaN();
    expect(standardDeviation([3])).toBeNaN();
  });

  it("keep their precision far from zero", () => {
    expect(standardDeviation([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBeCloseTo(Math.sqrt(30), 12);
  });
});

describe("the interquartile mean", () => {
  it("agrees with scipy.stats.trim_mean(values, 0.25)", () => {
    expect(interquartileMean([100, 1, 2, 3, 4, 5, 6, -50])).toBe(3.5);
    expect(interquartileMean([1, 2, 3, 4, 100])).toBe(3);
    expect(interquartileMean([1, 2, 6])).toBe(3);
  });
});

describe("Student's t", () => {
  it.each([
    // degrees, p, quantile: closed forms for 1 and 2 degrees, published tables for the others
    [1, 0.975, 12.706204736174698],
    [2, 0.975, 4.302652729749464],
    [4, 0.975, 2.7764451051977934],
    [9, 0.95, 1.8331129326562374],
    [19, 0.975, 2.093024054408263],
    [1000, 0.975, 1.9623390808264078],
  ])("has with %i degrees of freedom the %f-quantile %f", (degrees, p, expected) => {
    expect(studentQuantile(p, degrees) / expected).toBeCloseTo(1, 11);
    expect(studentQuantile(1 - p, degrees) / -expected).toBeCloseTo(1, 11);
  });

  it("has the Cauchy distribution's quantiles for one degree of freedom", () => {
    for (const p of [0.5, 0.6, 0.75, 0.9, 0.999]) {
      expect(studentQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 9);
    }
  });

  it("gives the interval of a mean worked by hand", () => {
    // n = 4, mean 10, s² = (9 + 1 + 1 + 9)/3, t(3, .975) = 3.182446305284263
    const { estimate, low, high } = studentInterval([7, 9, 11, 13]);
    const half = (3.182446305284263 * Math.sqrt(20 / 3)) / 2;
    expect(estimate).toBe(10);
    expect(low).toBeCloseTo(10 - half, 11);
    expect(high).toBeCloseTo(10 + half, 11);
  });

  it("promises nothing from one value", () => {
    expect(studentInterval([5])).toEqual({ estimate: 5, low: -Infinity, high: Infinity });
  });

  it("covers the true mean of three normal values in 95 of 100 cases", () => {
    const stream = new RandomStream(1, "evaluation");
    let covered = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const { low, high } = studentInterval([stream.normal(), stream.normal(), stream.normal()]);
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.935);
    expect(covered / 2000).toBeLessThan(0.965);
  });
});

describe("the probability of improvement", () => {
  it("is Mann and Whitney's U over n m, ties one half", () => {
    expect(probabilityOfImprovement([1, 2, 3], [0, 0])).toBe(1);
    expect(probabilityOfImprovement([1, 2], [2, 1])).toBe(0.5);
    expect(probabilityOfImprovement([2, 5], [1, 2, 3, 4])).toBe((1 + 0.5 + 4) / 8);
  });
});
