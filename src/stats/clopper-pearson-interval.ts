import { bisect } from "../math/bisect.js";
import { incompleteBeta } from "../math/incomplete-beta.js";
import { checkCounts } from "./check-counts.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";

/**
 * Clopper and Pearson's interval of a share k/n: the shares p that neither one-sided binomial test at (1 − level)/2
 * rejects, the quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k). Covers at least at its level for every share;
 * wider than {@link wilsonInterval} for it.
 *
 * Source: Clopper and Pearson (1934).
 *
 * @throws RangeError unless 0 ≤ k ≤ n are whole, n ≥ 1, and the level lies between 0 and 1
 */
export function clopperPearsonInterval(successes: number, trials: number, level = 0.95): Interval {
  checkCounts(successes, trials);
  checkLevel(level);
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return {
    estimate: successes / trials,
    low: successes === 0 ? 0 : bisect((p) => incompleteBeta(p, successes, failures + 1) >= tail, 0, 1),
    // P(X ≤ k) = I_{1−p}(n − k, k + 1), which falls as p grows.
    high: failures === 0 ? 1 : bisect((p) => incompleteBeta(1 - p, failures, successes + 1) <= tail, 0, 1),
  };
}
