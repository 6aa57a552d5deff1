import { fromHighWord, highWord, roundedTo23Bits } from "./words.js";

/**
 * ∛x, error below 0.67 units in the last place.
 *
 * A third of the exponent's bits gives 5 bits, a polynomial 23, one step of Newton's method the rest.
 *
 * Source: `s_cbrt.c` in FreeBSD's msun.
 */
export function cbrt(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const size = Math.abs(x);
  const tiny = size < 2.2250738585072014e-308;
  const third = Math.trunc(highWord(tiny ? size * 18014398509481984 : size) / 3);
  let t = fromHighWord(third + (tiny ? 696219795 : 715094163));
  const r = t * t * (t / size);
  t *=
    1.87595182427177 +
    r * (-1.8849797954337717 + r * 1.6214297201053545) +
    r * r * r * (-0.758397934778766 + r * 0.14599619288661245);
  t = roundedTo23Bits(t);
  const quotient = size / (t * t);
  const root = t + t * ((quotient - t) / (t + t + quotient));
  return x < 0 ? -root : root;
}

/**
 * √(x² + y²) without over- or underflow: both are divided by the larger first.
 *
 * Source: `Math.hypot` of V8 (`math.tq`), whose bits it has.
 */
export function hypot(x: number, y: number): number {
  const [a, b] = [Math.abs(x), Math.abs(y)];
  const largest = a > b ? a : b;
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (largest === 0) return 0;
  const [first, second] = [a / largest, b / largest];
  return Math.sqrt(first * first + second * second) * largest;
}

/**
 * √(Σ xᵢ²) without over- or underflow: the values are divided by the largest, and their squares summed in order with
 * Kahan's compensation.
 *
 * Source: `Math.hypot` of V8 (`math.tq`), whose bits it has.
 */
export function norm(values: readonly number[]): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (values.includes(Number.POSITIVE_INFINITY) || values.includes(Number.NEGATIVE_INFINITY))
    return Number.POSITIVE_INFINITY;
  if (Number.isNaN(largest) || largest === 0) return largest;
  let sum = 0;
  let compensation = 0;
  for (const value of values) {
    const share = value / largest;
    const summand = share * share - compensation;
    const next = sum + summand;
    compensation = next - sum - summand;
    sum = next;
  }
  return Math.sqrt(sum) * largest;
}
