import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";
import type { MeanDifference } from "./mean-difference.js";
import { studentUpperTail } from "./student-distribution.js";
import { studentQuantile } from "./student-quantile.js";
import { tStatistic } from "./t-statistic.js";

/** The statistic of a t test, how likely one as large is by chance, and an interval. */
export interface TTest {
  /** t, the difference in standard errors. */
  readonly statistic: number;
  readonly degrees: number;
  /** Two-sided: P(|T| ≥ |t|) where the means are equal. */
  readonly p: number;
  /** estimate ± t quantile · standard error */
  readonly interval: Interval;
}

/**
 * Student's t-test of a difference of means against zero: `tTest(pairedDifference(x, y))`, or Welch's by
 * `tTest(welchDifference(x, y))`. Where nothing varies, p is 0 for different means and 1 for equal ones.
 *
 * Source: Student (1908); Welch (1947).
 *
 * @param level of the interval
 * @throws RangeError unless the level lies between 0 and 1
 */
export function tTest(difference: MeanDifference, level = 0.95): TTest {
  checkLevel(level);
  const { estimate, standardError, degrees } = difference;
  const statistic = tStatistic(difference);
  const half = studentQuantile((1 + level) / 2, degrees) * standardError;
  return {
    statistic,
    degrees,
    p: 2 * studentUpperTail(Math.abs(statistic), degrees),
    interval: { estimate, low: estimate - half, high: estimate + half },
  };
}
