import { log } from "../math/elementary/logarithm.js";

/**
 * RMSprop's step in units of η while a gradient of constant size 1, with v settled at 1, is struck by one gradient of
 * size K (ε = 0):
 *
 *     at the spike   K/√(ρ + (1 − ρ) K²)                  at most 1/√(1 − ρ)
 *     s steps on     1/√(1 + (1 − ρ)(K² − 1) ρˢ)
 */
export function spikeStep(rho: number, size: number): number {
  return size / Math.sqrt(rho + (1 - rho) * size * size);
}

/** Steps after the spike until the step is back at a share of its size: ⌈ln[(1 − ρ)(K² − 1)/(x⁻² − 1)]/−ln ρ⌉, at least 1. */
export function stepsToRecover(rho: number, size: number, share: number): number {
  const excess = ((1 - rho) * (size * size - 1)) / (1 / (share * share) - 1);
  return Math.max(1, Math.ceil(log(excess) / -log(rho)));
}

/** Steps lost after the spike, Σ (1 − u_s): 2 ln((1 + √v)/2)/(1 − ρ) with v = 1 + (1 − ρ)(K² − 1), to leading order in 1 − ρ. */
export function stepsLost(rho: number, size: number): number {
  return (2 * log((1 + Math.sqrt(1 + (1 - rho) * (size * size - 1))) / 2)) / (1 - rho);
}
