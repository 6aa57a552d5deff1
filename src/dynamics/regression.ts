import { mean } from "../stats/mean.js";

/** The root of the mean square. */
export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum / values.length);
}

/** Slope and intercept of the least-squares line through (0, y₀), (1, y₁), … */
export function regression(values: ArrayLike<number>): { slope: number; intercept: number } {
  const centre = (values.length - 1) / 2;
  const level = mean(values);
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < values.length; i++) {
    covariance += (i - centre) * (values[i] - level);
    variance += (i - centre) * (i - centre);
  }
  const slope = covariance / variance;
  return { slope, intercept: level - slope * centre };
}
