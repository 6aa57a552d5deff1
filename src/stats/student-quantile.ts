import { incompleteBeta } from "../math/incomplete-beta.js";

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
  let low = 0;
  // Halving until the ends are neighbours in double precision: at most about 1100 halvings, in practice 60.
  for (let middle = high / 2; middle > low && middle < high; middle = low + (high - low) / 2) {
    if (studentUpperTail(middle, degrees) > 1 - p) low = middle;
    else high = middle;
  }
  return high;
}

/** P(T > t) for t ≥ 0: half the regularised incomplete beta function at ν/(ν + t²) with parameters ν/2 and 1/2. */
export function studentUpperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}
