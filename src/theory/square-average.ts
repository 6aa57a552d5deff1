import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";

/**
 * The mean of RMSprop's v after t steps from v₀ = 0, where the gradients' mean square is μ₂ throughout: μ₂ (1 − ρᵗ).
 * Divided by 1 − ρᵗ, as bias correction does, it is μ₂ from the first step on.
 */
export function meanSquareAverage(rho: number, step: number, meanSquare = 1): number {
  return meanSquare * (1 - exp(step * log(rho)));
}

/** Steps until v of a constant gradient lies within a share of g²: ⌈ln(share)/ln ρ⌉. */
export function stepsToShare(rho: number, share: number): number {
  return Math.ceil(log(share) / log(rho) - 1e-9);
}

/** Some steps with a constant gradient. */
export interface Phase {
  readonly gradient: number;
  readonly steps: number;
}

/** RMSprop's step in units of η, the last of some phases, from v₀ = 0 with ε = 0: g/√v, v ← ρˢ v + (1 − ρˢ) g². */
export function rmspropStepAfter(rho: number, phases: readonly Phase[]): number {
  let v = 0;
  let last = 0;
  for (const { gradient, steps } of phases) {
    const kept = exp(steps * log(rho));
    v = kept * v + (1 - kept) * gradient * gradient;
    last = gradient;
  }
  return last / Math.sqrt(v);
}

/** AdaGrad's step in units of η, the last of some phases, from s₀ = 0 with ε = 0: g/√Σg². */
export function adagradStepAfter(phases: readonly Phase[]): number {
  const sum = phases.reduce((total, { gradient, steps }) => total + steps * gradient * gradient, 0);
  return phases[phases.length - 1].gradient / Math.sqrt(sum);
}

/**
 * Stationary mean of centered RMSprop's v − m², both with decay ρ, under independent gradients of variance σ²:
 * E v = μ² + σ², E m² = μ² + σ² (1 − ρ)/(1 + ρ), hence σ² 2ρ/(1 + ρ).
 */
export function centeredVariance(rho: number, variance = 1): number {
  return (variance * 2 * rho) / (1 + rho);
}
