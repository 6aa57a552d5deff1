import type { Interval } from "./interval.js";
import { mean } from "./mean.js";
import { standardDeviation } from "./standard-deviation.js";
import { studentQuantile } from "./student-quantile.js";

/**
 * Student's confidence interval of a mean: x̄ ± t · s/√n with n − 1 degrees of freedom. Exact for normal values at any
 * n. With one value the interval is the whole line.
 */
export function studentInterval(values: ArrayLike<number>, level = 0.95): Interval {
  const estimate = mean(values);
  if (values.length < 2) return { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const quantile = studentQuantile((1 + level) / 2, values.length - 1);
  const half = (quantile * standardDeviation(values)) / Math.sqrt(values.length);
  return { estimate, low: estimate - half, high: estimate + half };
}
