import { mean } from "./mean.js";

/**
 * The sample standard deviation √(Σ (x − x̄)² / (n − 1)), in two passes; NaN for fewer than two values.
 */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - centre;
    sum += deviation * deviation;
  }
  return Math.sqrt(sum / (values.length - 1));
}
