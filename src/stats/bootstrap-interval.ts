import type { RandomStream } from "../rng/random-stream.js";
import type { Interval } from "./interval.js";
import type { BootstrapOptions } from "./resample.js";
import { stratifiedBootstrapInterval } from "./stratified-bootstrap-interval.js";

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
 * @throws RangeError for no values, and unless the level lies between 0 and 1
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: (sample: Float64Array) => number,
  stream: RandomStream,
  options: BootstrapOptions = {},
): Interval {
  return stratifiedBootstrapInterval([values], ([sample]) => statistic(sample), stream, options);
}
