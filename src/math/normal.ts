import { bisect } from "./bisect.js";
import { upperIncompleteGamma } from "./incomplete-gamma.js";

/** P(Z > z) of a standard normal: Q(½, z²/2)/2 for z ≥ 0; relative error about 1e-13 also far out. */
export function normalUpperTail(z: number): number {
  const tail = 0.5 * upperIncompleteGamma(0.5, (z * z) / 2);
  return z >= 0 ? tail : 1 - tail;
}

/** Φ(z) = P(Z ≤ z) of a standard normal. */
export function normalDistribution(z: number): number {
  return normalUpperTail(-z);
}

/**
 * The p-quantile of the standard normal, by bisection of its distribution function; relative error about 1e-12.
 *
 * @throws RangeError unless 0 < p < 1
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`expected a probability between 0 and 1, found ${p}`);
  if (p === 0.5) return 0;
  // Φ(−39) underflows: every double's quantile lies between.
  return p < 0.5 ? -bisect((z) => normalUpperTail(z) <= p, 0, 39) : -normalQuantile(1 - p);
}
