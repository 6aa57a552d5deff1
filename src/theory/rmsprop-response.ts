import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";

/**
 * RMSprop's normalised step |Δθ|/η, s steps after the scale of a constant gradient jumped from 1 to k, with v settled
 * at 1 before (s ≥ 1 counts updates with the new gradient; ε = 0):
 *
 *     v_s = ρˢ + (1 − ρˢ) k²,   u_s = k/√v_s
 *
 * Up (k ≫ 1): u₁ → 1/√(1 − ρ). Down (k ≪ 1): u starts near k and takes ≈ ln(k⁻²)/(1 − ρ) steps to return.
 */
export function normalisedStep(rho: number, scale: number, stepsSinceJump: number): number {
  const kept = exp(stepsSinceJump * log(rho));
  return scale / Math.sqrt(kept + (1 - kept) * scale * scale);
}

/**
 * Steps until the normalised step stays within a tolerance of 1 after a jump by k:
 * the smallest s with |u_s − 1| ≤ tolerance, from ρˢ = (k²/u² − k²)/(1 − k²) at u = 1 ± tolerance.
 */
export function stepsToSettle(rho: number, scale: number, tolerance = 0.1): number {
  if (Math.abs(scale - 1) <= tolerance) return 1;
  const target = scale > 1 ? 1 + tolerance : 1 - tolerance;
  const square = scale * scale;
  const kept = (square / (target * target) - square) / (1 - square);
  return Math.max(1, Math.ceil(log(kept) / log(rho)));
}

/** RMSprop's memory 1/(1 − ρ), in updates. */
export function memory(rho: number): number {
  return 1 / (1 - rho);
}
