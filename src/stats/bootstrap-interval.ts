import { quantileSorted } from "../math/quantile.js";
import type { RandomStream } from "../rng/random-stream.js";
import type { Interval } from "./interval.js";

export interface BootstrapOptions {
  /** Confidence level; default 0.95. */
  readonly level?: number;
  /** Number of resamples; default 2000. */
  readonly resamples?: number;
}

/**
 * The percentile bootstrap's confidence interval of a statistic: the quantiles (1 ± level)/2 of its values on samples
 * drawn from the data with replacement.
 *
 * Too narrow for few values: of nominal 95 % intervals of a mean, 73 % cover at n = 3, 83 % at 5, 90 % at 10 and 93 %
 * at 20. Below 20 take {@link studentInterval} where the statistic is a mean.
 *
 * Source: Efron and Tibshirani (1993), chapter 13.
 *
 * @param stream the only source of randomness: the same state gives the same interval
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: (sample: Float64Array) => number,
  stream: RandomStream,
  { level = 0.95, resamples = 2000 }: BootstrapOptions = {},
): Interval {
  const data = Float64Array.from(values);
  const estimate = statistic(data);
  const sample = new Float64Array(data.length);
  const replicates = new Float64Array(resamples);
  for (let replicate = 0; replicate < resamples; replicate++) {
    for (let i = 0; i < sample.length; i++) sample[i] = data[stream.integer(data.length)];
    replicates[replicate] = statistic(sample);
  }
  replicates.sort();
  return {
    estimate,
    low: quantileSorted(replicates, (1 - level) / 2),
    high: quantileSorted(replicates, (1 + level) / 2),
  };
}
