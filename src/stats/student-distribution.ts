import { incompleteBeta } from "../math/incomplete-beta.js";

/**
 * P(T > t) of Student's t distribution: for t ≥ 0 half the regularised incomplete beta function at ν/(ν + t²) with
 * parameters ν/2 and 1/2, ν the degrees of freedom (any positive number).
 */
export function studentUpperTail(t: number, degrees: number): number {
  if (t < 0) return 1 - studentUpperTail(-t, degrees);
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** P(T ≤ t) of Student's t distribution with the given degrees of freedom (any positive number). */
export function studentDistribution(t: number, degrees: number): number {
  return studentUpperTail(-t, degrees);
}
