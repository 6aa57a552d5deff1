import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";

/** Independent gradients N(0, s²) whose s² switches every half period between two values. */
export interface SwitchingSquares {
  readonly low: number;
  readonly high: number;
  /** steps in which both halves come once */
  readonly period: number;
}

/**
 * How far RMSprop's v strays from the mean square of gradients that switches: √(mean over a period of E (v − s²)²) over
 * the mean of s², in the periodic state. With H = period/2, Δ = high − low (of s²), and k = 1 … H steps into a half,
 *
 *     lag        E v − s² = ∓ Δ ρᵏ/(1 + ρᴴ)
 *     variance   V_k = ρ² V_{k−1} + 2 (1 − ρ)² s⁴,   V periodic
 *
 * since a square of a normal gradient has variance 2 s⁴. A short memory makes variance, a long one lag: for many steps
 * in a half the best memory 1/(1 − ρ) grows as √period, not as the period ({@link bestTrackingMemory}).
 */
export function trackingError(rho: number, { low, high, period }: SwitchingSquares): number {
  const half = period / 2;
  const [kept, keptTwice] = [exp(half * log(rho)), exp(period * log(rho))];
  const atSwitch = (high - low) / (1 + kept);
  const lag = (atSwitch * atSwitch * rho * rho * (1 - keptTwice)) / (half * (1 - rho * rho));
  // Over a period the recursion's means agree: (1 − ρ²) mean V = 2 (1 − ρ)² mean s⁴.
  const variance = ((1 - rho) / (1 + rho)) * (low * low + high * high);
  return (2 * Math.sqrt(lag + variance)) / (low + high);
}

/**
 * The memory of the least {@link trackingError} where it is long against a step and short against a half period:
 * lag ≈ Δ² M/(2H) and variance ≈ (low² + high²)/(2M) balance at M = √(H (low² + high²))/Δ.
 */
export function bestTrackingMemory({ low, high, period }: SwitchingSquares): number {
  return Math.sqrt((period / 2) * (low * low + high * high)) / Math.abs(high - low);
}

/**
 * The mean of RMSprop's v after so many steps from v₀ = 0, the first half of a period being the low one: in each half it
 * falls towards the present s² as ρᵏ, and after n whole periods of 2H steps it is
 *
 *     v* (1 − ρ^{2Hn}),   v* = (ρᴴ low + high)/(1 + ρᴴ)
 */
export function meanTracked(rho: number, { low, high, period }: SwitchingSquares, step: number): number {
  const half = period / 2;
  const kept = (steps: number) => (rho === 0 ? Number(steps === 0) : exp(steps * log(rho)));
  const towards = (v: number, square: number, steps: number) => square + (v - square) * kept(steps);
  const atPeriodsEnd = (kept(half) * low + high) / (1 + kept(half));
  const rest = step % period;
  const begun = atPeriodsEnd * (1 - kept(step - rest));
  return towards(towards(begun, low, Math.min(rest, half)), high, Math.max(0, rest - half));
}
