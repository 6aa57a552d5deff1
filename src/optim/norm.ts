import type { Vector } from "./transform.js";

/** The Euclidean norm, summed in float64 from first to last. */
export function norm(vector: Vector): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] * vector[i];
  return Math.sqrt(sum);
}
