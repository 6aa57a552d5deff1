import { fromHighWord } from "./words.js";

/** ln 2 in two pieces, the first of 32 bits, so that its product with |k| < 2²⁰ is exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

const HALF_LN2 = fromHighWord(0x3fd62e43);
const THREE_HALVES_LN2 = fromHighWord(0x3ff0a2b2);

/** 2ᵏ for −1022 ≤ k ≤ 1023. */
const powerOfTwo = (k: number) => fromHighWord(0x3ff00000 + (k << 20));

/**
 * eˣ, error below 1 unit in the last place; ∞ above 709.78, 0 below −745.13.
 *
 * x = k ln 2 + r with |r| ≤ ln 2 / 2; eʳ = 1 + r + r c/(2 − c), where c is r minus a polynomial in r².
 *
 * Source: `e_exp.c` in fdlibm (Sun Microsystems, 1993); e¹ is exact, as in V8.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const size = Math.abs(x);
  let k = 0;
  let high = x;
  let low = 0;
  let r = x;
  if (size >= HALF_LN2) {
    if (size < THREE_HALVES_LN2) {
      if (x === 1) return Math.E;
      k = x < 0 ? -1 : 1;
    } else k = Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5));
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
    r = high - low;
  } else if (size < 3.725290298461914e-9) return 1 + x;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k < -1021) return y * powerOfTwo(k + 1000) * 9.332636185032189e-302;
  return k === 1024 ? y * 2 * 8.98846567431158e307 : y * powerOfTwo(k);
}

/**
 * eˣ − 1 without the cancellation near 0, error below 1 unit in the last place.
 *
 * Source: `s_expm1.c` in fdlibm (Sun Microsystems, 1993).
 */
export function expm1(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  const size = Math.abs(x);
  if (x < 0 && size >= FIFTY_SIX_LN2) return -1;
  let k = 0;
  let r = x;
  let correction = 0;
  if (size >= HALF_LN2) {
    k = size < THREE_HALVES_LN2 ? Math.sign(x) : Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5));
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    r = high - low;
    correction = high - r - low;
  } else if (size < 5.551115123125783e-17) return x;
  const half = 0.5 * r;
  const halfSquare = r * half;
  const r1 =
    1 +
    halfSquare *
      (-0.03333333333333313 +
        halfSquare *
          (0.0015873015872548146 +
            halfSquare *
              (-0.0000793650757867488 + halfSquare * (0.000004008217827329362 + halfSquare * -2.0109921818362437e-7))));
  const t = 3 - r1 * half;
  let e = halfSquare * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - halfSquare);
  e = r * (e - correction) - correction;
  e -= halfSquare;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) {
    const y = 1 - (e - r);
    return (k === 1024 ? y * 2 * 8.98846567431158e307 : y * powerOfTwo(k)) - 1;
  }
  if (k < 20) return (1 - powerOfTwo(-k) - (e - r)) * powerOfTwo(k);
  return (r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k);
}
const FIFTY_SIX_LN2 = fromHighWord(0x4043687a);
