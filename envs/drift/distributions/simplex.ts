import { z } from "zod";
import { log } from "../../../src/math/elementary/logarithm.js";
import type { RandomStream } from "../../../src/rng/random-stream.js";

/** Probabilities in a file: non-negative, with a sum of 1 up to rounding. */
export const distributionSchema = z
  .array(z.number().nonnegative())
  .min(2)
  .refine((weights) => Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9, {
    message: "expected probabilities with the sum 1",
  });

/** A uniform draw from the simplex of n probabilities: normalised exponentials. */
export function drawUniform(n: number, stream: RandomStream): number[] {
  const weights = Array.from({ length: n }, () => -log(1 - stream.uniform()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** p + fraction·(q − p), a distribution for fractions from 0 to 1. */
export function between(p: readonly number[], q: readonly number[], fraction: number): number[] {
  return p.map((value, i) => value + fraction * (q[i] - value));
}

/** Total variation ½ Σ|pᵢ − qᵢ|. */
export function totalVariation(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, value, i) => sum + Math.abs(value - q[i]), 0) / 2;
}
