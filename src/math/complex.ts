import { atan2 } from "./elementary/arctangent.js";
import { hypot } from "./elementary/roots.js";

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The modulus √(re² + im²), without overflow. */
export function modulus({ re, im }: Complex): number {
  return hypot(re, im);
}

/** The angle in (−π, π], radians. */
export function argument({ re, im }: Complex): number {
  return atan2(im, re);
}

/** The number of largest modulus; of a conjugate pair the one with im ≥ 0. */
export function leading(numbers: readonly Complex[]): Complex {
  const { re, im } = numbers.reduce((best, z) => (modulus(z) > modulus(best) ? z : best));
  return { re, im: Math.abs(im) };
}

export function multiplyComplex(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** 1/z. */
export function reciprocal({ re, im }: Complex): Complex {
  const square = re * re + im * im;
  return { re: re / square, im: -im / square };
}
