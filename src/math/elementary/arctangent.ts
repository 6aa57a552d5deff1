import { highWord } from "./words.js";

/** arctan of ½, 1, 3/2 and ∞: the double nearest, and what is missing from it. */
const KNOWN = [0.4636476090008061, Math.PI / 4, 0.982793723247329, Math.PI / 2];
const KNOWN_REST = [2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17];

/**
 * arctan x in (−π/2, π/2), error below 1 unit in the last place.
 *
 * Source: `s_atan.c` in fdlibm (Sun Microsystems, 1993).
 */
export function atan(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const size = Math.abs(x);
  if (size >= 73786976294838210000) return x < 0 ? -Math.PI / 2 : Math.PI / 2;
  if (size < 7.450580596923828e-9) return x;
  if (size < 0.4375) return x - x * series(x);
  const known = size < 1.1875 ? (size < 0.6875 ? 0 : 1) : size < 2.4375 ? 2 : 3;
  const r = reduced(size, known);
  const y = KNOWN[known] - (r * series(r) - KNOWN_REST[known] - r);
  return x < 0 ? -y : y;
}

/** (x − c)/(1 + c x) for c = ½, 1, 3/2, ∞. */
function reduced(x: number, known: number): number {
  if (known === 0) return (2 * x - 1) / (2 + x);
  if (known === 1) return (x - 1) / (x + 1);
  return known === 2 ? (x - 1.5) / (1 + 1.5 * x) : -1 / x;
}

/** 1 − arctan(x)/x for |x| < 7/16. */
function series(x: number): number {
  const z = x * x;
  const w = z * z;
  const even =
    z *
    (0.3333333333333293 +
      w *
        (0.14285714272503466 +
          w *
            (0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
  const odd =
    w *
    (-0.19999999999876483 +
      w * (-0.11111110405462356 + w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return even + odd;
}

/**
 * The angle of (x, y) in [−π, π], with the signs of zero that IEEE 754 asks for.
 *
 * Source: `e_atan2.c` in fdlibm (Sun Microsystems, 1993).
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const left = x < 0 || Object.is(x, -0);
  const below = y < 0 || Object.is(y, -0);
  if (x === 1) return atan(y);
  const angle = upperAngle(Math.abs(y), Math.abs(x), left);
  return below ? -angle : angle;
}

/** The angle of (±x, y) for x, y ≥ 0. */
function upperAngle(y: number, x: number, left: boolean): number {
  if (y === 0) return left ? Math.PI : 0;
  if (x === 0) return Math.PI / 2;
  if (x === Number.POSITIVE_INFINITY) {
    if (y === Number.POSITIVE_INFINITY) return left ? 3 * (Math.PI / 4) : Math.PI / 4;
    return left ? Math.PI : 0;
  }
  if (y === Number.POSITIVE_INFINITY) return Math.PI / 2;
  const ratio = (highWord(y) - highWord(x)) >> 20;
  // Beyond 2⁶⁰ fdlibm adds half of what π is short of to π/2, which rounds away, and then treats it as an angle on the right.
  if (ratio > 60) return Math.PI / 2;
  const angle = left && ratio < -60 ? 0 : atan(y / x);
  return left ? Math.PI - (angle - 1.2246467991473532e-16) : angle;
}
