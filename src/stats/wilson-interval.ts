import { normalQuantile } from "../math/normal.js";
import { checkCounts } from "./check-counts.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";

/**
 * Wilson's score interval of a share k/n: all shares p with |k/n − p| ≤ z √(p (1 − p)/n), which is
 * (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n). Covers at its level on average over shares, not for each.
 *
 * Source: Wilson (1927); Brown, Cai and DasGupta (2001).
 *
 * @throws RangeError unless 0 ≤ k ≤ n are whole, n ≥ 1, and the level lies between 0 and 1
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  checkCounts(successes, trials);
  checkLevel(level);
  const estimate = successes / trials;
  const z = normalQuantile((1 + level) / 2);
  const square = (z * z) / trials;
  const centre = (estimate + square / 2) / (1 + square);
  const half = Math.sqrt(square * (estimate * (1 - estimate) + square / 4)) / (1 + square);
  // At the ends the formula gives 0 and 1 but for its rounding.
  return {
    estimate,
    low: successes === 0 ? 0 : centre - half,
    high: successes === trials ? 1 : centre + half,
  };
}
