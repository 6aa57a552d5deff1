import { bisect } from "../math/bisect.js";
import { studentUpperTail } from "./student-distribution.js";

/**
 * The p-quantile of Student's t distribution with the given degrees of freedom (any positive number), by bisection of
 * its distribution function; relative error about 1e-12.
 *
 * @throws RangeError unless 0 < p < 1 and the degrees of freedom are positive
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`expected a probability between 0 and 1, found ${p}`);
  if (!(degrees > 0)) throw new RangeError(`expected positive degrees of freedom, found ${degrees}`);
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let high = 1;
  while (studentUpperTail(high, degrees) > 1 - p) high *= 2;
  return bisect((t) => studentUpperTail(t, degrees) <= 1 - p, 0, high);
}
