import type { UpdateEngine } from "./rule.js";
import type { Vector } from "./transform.js";

/**
 * The Euclidean norm in float64. Entry i adds to sum i mod 8; the eight sums are added in halves: an order that vector
 * registers can keep.
 *
 * @param engine computes it, to the same bits, where the vector is its own
 */
export function norm(vector: Vector, engine?: UpdateEngine): number {
  if (engine?.owns(vector)) return engine.norm(vector as Float32Array);
  const whole = vector.length - (vector.length % 8);
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < whole; i += 8) {
    s0 += vector[i] * vector[i];
    s1 += vector[i + 1] * vector[i + 1];
    s2 += vector[i + 2] * vector[i + 2];
    s3 += vector[i + 3] * vector[i + 3];
    s4 += vector[i + 4] * vector[i + 4];
    s5 += vector[i + 5] * vector[i + 5];
    s6 += vector[i + 6] * vector[i + 6];
    s7 += vector[i + 7] * vector[i + 7];
  }
  const square = (i: number) => (i < vector.length ? vector[i] * vector[i] : 0);
  s0 += square(whole);
  s1 += square(whole + 1);
  s2 += square(whole + 2);
  s3 += square(whole + 3);
  s4 += square(whole + 4);
  s5 += square(whole + 5);
  s6 += square(whole + 6);
  return Math.sqrt(s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7)));
}
