import type { UpdateEngine } from "./rule.js";
import type { Vector } from "./transform.js";

/**
 * vector ← factor · vector, in place; each product in float64, rounded where it is stored.
 *
 * @param engine computes it, to the same bits, where the vector is its own
 */
export function scale(vector: Vector, factor: number, engine?: UpdateEngine): void {
  if (engine?.scale !== undefined && engine.owns(vector)) engine.scale(vector as Float32Array, factor);
  else for (let i = 0; i < vector.length; i++) vector[i] *= factor;
}

/**
 * target ← target + factor · vector, in place, in the same way.
 *
 * @param vector as long as the target
 */
export function addScaled(target: Vector, factor: number, vector: Vector, engine?: UpdateEngine): void {
  if (engine?.addScaled !== undefined && engine.owns(target) && engine.owns(vector))
    engine.addScaled(target as Float32Array, factor, vector as Float32Array);
  else for (let i = 0; i < target.length; i++) target[i] += factor * vector[i];
}
