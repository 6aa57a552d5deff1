import { expm1 } from "./exponential.js";
import { log1p } from "./logarithm.js";

/**
 * tanh x = 1 − 2/(e²ˣ + 1), by `expm1` so that small x keep their bits.
 *
 * Source: `s_tanh.c` in fdlibm (Sun Microsystems, 1993).
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 3.725290298461914e-9) return x;
  if (size >= 22) return Math.sign(x);
  if (size >= 1) {
    const t = expm1(2 * size);
    const z = 1 - 2 / (t + 2);
    return x < 0 ? -z : z;
  }
  const t = expm1(-2 * size);
  const z = -t / (t + 2);
  return x < 0 ? -z : z;
}

/**
 * artanh x = ½ ln((1 + x)/(1 − x)); ±∞ at ±1, NaN beyond.
 *
 * Source: `e_atanh.c` in fdlibm (Sun Microsystems, 1993).
 */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 1)) return Number.NaN;
  if (size < 3.725290298461914e-9) return x;
  const twice = size + size;
  const y = 0.5 * (size < 0.5 ? log1p(twice + (twice * size) / (1 - size)) : log1p(twice / (1 - size)));
  return x < 0 ? -y : y;
}
