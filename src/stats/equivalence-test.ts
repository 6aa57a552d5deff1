import type { Interval } from "./interval.js";
import type { MeanDifference } from "./mean-difference.js";
import { studentUpperTail } from "./student-distribution.js";
import { tStatistic } from "./t-statistic.js";
import { tTest } from "./t-test.js";

/** Whether a difference lies within a margin, by two one-sided tests. */
export interface EquivalenceTest {
  /** The larger of the two one-sided p-values: small where the difference lies within the margin for certain. */
  readonly p: number;
  /** One-sided, against a true difference of −margin or less. */
  readonly pAboveLowerMargin: number;
  /** One-sided, against a true difference of +margin or more. */
  readonly pBelowUpperMargin: number;
  /** True where p ≤ α, which is where the interval lies within ±margin. */
  readonly equivalent: boolean;
  /** Confidence interval at level 1 − 2α. */
  readonly interval: Interval;
}

/**
 * Two one-sided t-tests that a difference of means lies within ±margin: of paired values by
 * `equivalenceTest(pairedDifference(x, y), margin)`, of independent ones by `welchDifference`.
 *
 * Not to be told from zero is no sign of equivalence: a difference can be neither told nor equivalent.
 *
 * Source: Schuirmann (1987).
 *
 * @param margin the largest difference that does not matter, in the unit of the values
 * @param alpha level of each test; default 0.05
 * @throws RangeError unless the margin is positive and 0 < alpha < ½
 */
export function equivalenceTest(difference: MeanDifference, margin: number, alpha = 0.05): EquivalenceTest {
  if (!(margin > 0)) throw new RangeError(`margin: expected a positive number, found ${margin}`);
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha: expected a number between 0 and 0.5, found ${alpha}`);
  const { degrees } = difference;
  const pAboveLowerMargin = studentUpperTail(tStatistic(difference, -margin), degrees);
  const pBelowUpperMargin = studentUpperTail(-tStatistic(difference, margin), degrees);
  const p = Math.max(pAboveLowerMargin, pBelowUpperMargin);
  const { interval } = tTest(difference, 1 - 2 * alpha);
  return { p, pAboveLowerMargin, pBelowUpperMargin, equivalent: p <= alpha, interval };
}
