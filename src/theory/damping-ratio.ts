import { log } from "../math/elementary/logarithm.js";
import { hypot } from "../math/elementary/roots.js";

/**
 * The damping ratio of an oscillation that is multiplied by ρ and turned by θ at every step:
 * ζ = −ln ρ / √(ln²ρ + θ²). 1 is no oscillation, 0 none of damping, below 0 the oscillation grows.
 */
export function dampingRatio(spectralRadius: number, angle: number): number {
  const decay = -log(spectralRadius);
  return decay / hypot(decay, angle);
}
