import { pearsonCorrelation } from "./correlation.js";
import type { Interval } from "./interval.js";
import { pairedDifference, welchDifference } from "./mean-difference.js";
import { smallestDetectableDifference } from "./smallest-detectable-difference.js";
import { tTest } from "./t-test.js";

/** The means of two conditions that were run with the same seeds, compared. */
export interface MeansComparison {
  /** First minus second, with its confidence interval. */
  readonly difference: Interval;
  /** Two-sided; adjust it where there are several comparisons. */
  readonly p: number;
  /** Whether values of the same seed were taken as pairs. */
  readonly paired: boolean;
  /** Pearson's, over the seeds; NaN where one side does not vary. */
  readonly correlation: number;
  /** The smallest true difference that four of five such experiments would tell at level 0.05. */
  readonly detectable: number;
}

/** The correlation above which the noise that pairs share outweighs the degrees of freedom that they cost. */
const worthPairing = 0.3;

/**
 * The difference of two conditions' means: by Student's t-test of pairs where the values correlate over the seeds by more
 * than 0.3, else by Welch's of independent groups. That the values themselves choose the test costs little: where the
 * means are equal and the values independent, a test at 5 % rejects in 6.6 % of cases with 10 seeds, in 5.6 % with 20.
 *
 * @param x values in the order of their seeds
 * @param y values of the same seeds, in the same order
 * @returns of fewer than two pairs the difference alone: an interval without ends, p = 1, nothing detectable
 * @throws RangeError when the lengths differ
 */
export function compareMeans(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): MeansComparison {
  if (x.length === y.length && x.length < 2) return ofOnePair(x[0] - y[0]);
  const { difference, ...how } = differenceBySeed(x, y);
  const { interval, p } = tTest(difference, level);
  return { difference: interval, p, ...how, detectable: smallestDetectableDifference(difference) };
}

function ofOnePair(estimate: number): MeansComparison {
  const difference = { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { difference, p: 1, paired: false, correlation: Number.NaN, detectable: Number.POSITIVE_INFINITY };
}

/** The difference of means with its standard error: of pairs where that pays. */
export function differenceBySeed(x: ArrayLike<number>, y: ArrayLike<number>) {
  const correlation = pearsonCorrelation(x, y).estimate;
  const paired = correlation > worthPairing;
  return { difference: paired ? pairedDifference(x, y) : welchDifference(x, y), paired, correlation };
}
