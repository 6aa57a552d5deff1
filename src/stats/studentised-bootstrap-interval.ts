import type { RandomStream } from "../rng/random-stream.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";
import { type BootstrapOptions, resample, type Strata } from "./resample.js";
import { type Estimate, stratifiedMean } from "./stratified-mean.js";

/**
 * The studentised bootstrap's interval (bootstrap-t) of a statistic θ̂ with standard error σ̂: from θ̂ − t_high σ̂ to
 * θ̂ − t_low σ̂, t the values (θ* − θ̂)/σ* on samples drawn anew within each stratum, of rank (B + 1)(1 ± level)/2. Unlike
 * the percentile interval it follows the skewness of the values, and covers with few of them, at the price of its width.
 *
 * A sample without variance has an infinite t. Of fewer than five values such samples are frequent enough to make an end
 * infinite: they do not tell how wide it should be.
 *
 * Source: Efron and Tibshirani (1993), section 12.5; Davison and Hinkley (1997), section 5.2.
 *
 * @param strata values by task; of a plain sample `[values]`
 * @param statistic default: the mean over strata of their means
 * @param stream the only source of randomness: the same state gives the same interval
 * @throws RangeError without strata, for an empty one, where the standard error is undefined (one value), and unless the
 *   level lies between 0 and 1
 */
export function studentisedBootstrapInterval(
  strata: Strata,
  stream: RandomStream,
  { level = 0.95, resamples = 1999 }: BootstrapOptions = {},
  statistic: (sample: readonly ArrayLike<number>[]) => Estimate = stratifiedMean,
): Interval {
  checkLevel(level);
  const { estimate, standardError } = statistic(strata);
  if (Number.isNaN(standardError)) throw new RangeError("expected values with a standard error, found none");
  const ratios = new Float64Array(resamples);
  resample(strata, resamples, stream, (sample, index) => {
    const replicate = statistic(sample);
    const distance = replicate.estimate - estimate;
    ratios[index] = distance === 0 ? 0 : distance / replicate.standardError;
  });
  ratios.sort();
  // By rank, not interpolated: infinite values have no values between them.
  const ranked = (p: number) => ratios[Math.min(resamples, Math.max(1, Math.round((resamples + 1) * p))) - 1];
  return {
    estimate,
    low: estimate - scaled(ranked((1 + level) / 2), standardError),
    high: estimate - scaled(ranked((1 - level) / 2), standardError),
  };
}

/** t σ, 0 where nothing varies. */
function scaled(ratio: number, standardError: number): number {
  return standardError === 0 ? 0 : ratio * standardError;
}
