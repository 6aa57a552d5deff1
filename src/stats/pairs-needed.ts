import { mean } from "./mean.js";
import { standardDeviation } from "./standard-deviation.js";

/**
 * How many pairs a study needs to tell a mean difference as large as the one found in four cases of five:
 * (z₀.₉₇₅ + z₀.₈)² s²/d̄² with s the differences' deviation and d̄ their mean, by the normal approximation, and more than
 * the pairs that did not tell it. Infinite when the mean is zero and the differences vary.
 */
export function pairsNeeded(differences: ArrayLike<number>): number {
  const ratio = (2.8 * standardDeviation(differences)) / mean(differences);
  return Math.max(differences.length + 1, Math.ceil(ratio * ratio));
}
