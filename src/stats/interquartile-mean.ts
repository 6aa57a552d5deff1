import { mean } from "./mean.js";

/**
 * The interquartile mean: the mean of what is left when ⌊n/4⌋ values are cut off at each end. Below four values
 * nothing is cut off; NaN for no values.
 *
 * Source: Agarwal et al. (2021), as `rliable` computes it (`scipy.stats.trim_mean(values, 0.25)`).
 */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor(sorted.length / 4);
  return mean(sorted.subarray(cut, sorted.length - cut));
}
