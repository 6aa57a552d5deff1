import { quantileSorted } from "../math/quantile.js";
import type { RandomStream } from "../rng/random-stream.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";
import { mean } from "./mean.js";
import { type BootstrapOptions, resample, type Strata } from "./resample.js";

/** The share of runs above a threshold, with its pointwise interval. */
export interface ProfilePoint extends Interval {
  readonly threshold: number;
}

/**
 * A performance profile: for each threshold τ the share of runs whose score exceeds it, its mean over tasks, with
 * pointwise percentile intervals by the bootstrap within tasks, all from the same samples. Pointwise: each covers by
 * itself, not the whole curve at once. Where all runs lie on one side, the interval is a point, however few they are.
 *
 * Source: Agarwal et al. (2021), section 4.2, the run-score distribution; Dolan and Moré (2002).
 *
 * @param strata scores by task
 * @param stream the only source of randomness: the same state gives the same intervals
 * @throws RangeError without strata, for an empty one, and unless the level lies between 0 and 1
 */
export function performanceProfile(
  strata: Strata,
  thresholds: ArrayLike<number>,
  stream: RandomStream,
  { level = 0.95, resamples = 2000 }: BootstrapOptions = {},
): ProfilePoint[] {
  checkLevel(level);
  const replicates = Array.from(thresholds, () => new Float64Array(resamples));
  resample(strata, resamples, stream, (sample, index) => {
    replicates.forEach((values, i) => {
      values[index] = meanShareAbove(sample, thresholds[i]);
    });
  });
  return replicates.map((values, i) => {
    values.sort();
    return {
      threshold: thresholds[i],
      estimate: meanShareAbove(strata, thresholds[i]),
      low: quantileSorted(values, (1 - level) / 2),
      high: quantileSorted(values, (1 + level) / 2),
    };
  });
}

function meanShareAbove(strata: Strata, threshold: number): number {
  return mean(strata.map((stratum) => shareAbove(stratum, threshold)));
}

function shareAbove(values: ArrayLike<number>, threshold: number): number {
  let above = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > threshold) above++;
  return above / values.length;
}
