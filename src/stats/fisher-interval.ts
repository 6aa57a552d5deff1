import { atanh, tanh } from "../math/elementary/hyperbolic.js";
import { normalQuantile } from "../math/normal.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";

/**
 * The confidence interval of a correlation on Fisher's scale, tanh(artanh r ± z σ): within [−1, 1], and a point at the
 * ends. The whole of [−1, 1] where the correlation is undefined, and where the variance is infinite or negative, as it is
 * for too few pairs.
 *
 * Source: Fisher (1915).
 *
 * @param variance σ² of artanh r
 * @throws RangeError unless the level lies between 0 and 1
 */
export function fisherInterval(correlation: number, variance: number, level: number): Interval {
  checkLevel(level);
  const known = !Number.isNaN(correlation) && variance >= 0 && variance < Number.POSITIVE_INFINITY;
  if (!known) return { estimate: correlation, low: -1, high: 1 };
  const centre = atanh(correlation);
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return { estimate: correlation, low: tanh(centre - half), high: tanh(centre + half) };
}
