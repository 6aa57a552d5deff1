/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The modulus √(re² + im²), without overflow. */
export function modulus({ re, im }: Complex): number {
  return Math.hypot(re, im);
}

/** The angle in (−π, π], radians. */
export function argument({ re, im }: Complex): number {
  return Math.atan2(im, re);
}

/** The number of largest modulus; of a conjugate pair the one with im ≥ 0. */
export function leading(numbers: readonly Complex[]): Complex {
  const { re, im } = numbers.reduce((best, z) => (modulus(z) > modulus(best) ? z : best));
  return { re, im: Math.abs(im) };
}
