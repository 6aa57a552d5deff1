import { bisect } from "../math/bisect.js";
import { noncentralStudentDistribution } from "./noncentral-student.js";
import type { Precision } from "./precision.js";
import { studentQuantile } from "./student-quantile.js";

/** The level of the test, and the power with which a difference is to be seen. */
export interface DetectionOptions {
  /** Level of the two-sided t-test; default 0.05. */
  readonly alpha?: number;
  /** Probability with which it rejects; default 0.8. */
  readonly power?: number;
}

/**
 * The smallest true difference of means that a two-sided t-test tells with the given power: the D at which
 * P(|T| > t_{1−α/2}) = power, T noncentral t with noncentrality D/(standard error). Exact for normal values, by the
 * noncentral t distribution itself. 0 where the values do not vary.
 *
 * For a plan: `smallestDetectableDifference(pairedPrecision(deviation, pairs))`, or `unpairedPrecision(deviation, n, m)`;
 * for what an experiment could have seen, its own `pairedDifference` or `welchDifference` does.
 *
 * Source: Cohen (1988), chapter 2.
 *
 * @throws RangeError unless 0 < α < power < 1
 */
export function smallestDetectableDifference(
  { standardError, degrees }: Precision,
  { alpha = 0.05, power = 0.8 }: DetectionOptions = {},
): number {
  if (!(alpha > 0 && alpha < power && power < 1)) {
    throw new RangeError(`expected 0 < alpha < power < 1, found alpha ${alpha} and power ${power}`);
  }
  const critical = studentQuantile(1 - alpha / 2, degrees);
  const rejects = (noncentrality: number) =>
    1 -
    noncentralStudentDistribution(critical, degrees, noncentrality) +
    noncentralStudentDistribution(-critical, degrees, noncentrality);
  let high = 1;
  while (rejects(high) < power) high *= 2;
  return standardError * bisect((noncentrality) => rejects(noncentrality) >= power, 0, high);
}
