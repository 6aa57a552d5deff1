import { LN2_HIGH, LN2_LOW } from "./exponential.js";
import { highWord, withHighWord } from "./words.js";

const TWO_TO_54 = 18014398509481984;

/**
 * ln x, error below 1 unit in the last place; −∞ at 0, NaN below.
 *
 * x = 2ᵏ (1 + f) with √½ < 1 + f < √2; ln(1 + f) by a polynomial in s = f/(2 + f).
 *
 * Source: `e_log.c` in fdlibm (Sun Microsystems, 1993).
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const normal = x < 2.2250738585072014e-308 ? x * TWO_TO_54 : x;
  const high = highWord(normal);
  const fraction = high & 0xfffff;
  const upper = (fraction + 0x95f64) & 0x100000;
  const k = (high >> 20) - 1023 + (upper >> 20) - (normal === x ? 0 : 54);
  const f = withHighWord(normal, fraction | (upper ^ 0x3ff00000)) - 1;
  if ((0xfffff & (2 + fraction)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const r = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const t2 = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = t2 + t1;
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + r)) : k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/**
 * ln(1 + x) without the cancellation near 0, error below 1 unit in the last place.
 *
 * Source: `s_log1p.c` in fdlibm (Sun Microsystems, 1993).
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const size = Math.abs(x);
  if (size < 1.862645149230957e-9) return size < 5.551115123125783e-17 ? x : x - x * x * 0.5;
  const high = highWord(x);
  let k = 0;
  let f = x;
  let fraction = 1;
  let correction = 0;
  if (high >= 0x3fda827a || (high <= 0 && high > (0xbfd2bec4 | 0))) {
    let u = x;
    if (high < 0x43400000) {
      u = 1 + x;
      k = (highWord(u) >> 20) - 1023;
      correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    } else k = (high >> 20) - 1023;
    fraction = highWord(u) & 0xfffff;
    if (fraction < 0x6a09e) u = withHighWord(u, fraction | 0x3ff00000);
    else {
      k++;
      u = withHighWord(u, fraction | 0x3fe00000);
      fraction = (0x100000 - fraction) >> 2;
    }
    f = u - 1;
  }
  const half = 0.5 * f * f;
  if (fraction === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (correction + k * LN2_LOW);
    const r = half * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + correction) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const r =
    z *
    (0.6666666666666735 +
      z *
        (0.3999999999940942 +
          z *
            (0.2857142874366239 +
              z *
                (0.22222198432149784 +
                  z * (0.1818357216161805 + z * (0.15313837699209373 + z * 0.14798198605116586))))));
  if (k === 0) return f - (half - s * (half + r));
  return k * LN2_HIGH - (half - (s * (half + r) + (k * LN2_LOW + correction)) - f);
}

/**
 * log₁₀ x; exact for the powers of ten up to 10²².
 *
 * Source: `e_log10.c` in fdlibm (Sun Microsystems, 1993).
 */
export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x === 1) return 0;
  const normal = x < 2.2250738585072014e-308 ? x * TWO_TO_54 : x;
  const high = highWord(normal);
  const k = (high >> 20) - 1023 - (normal === x ? 0 : 54);
  const below = k < 0 ? 1 : 0;
  const y = k + below;
  const z =
    y * 3.694239077158931e-13 + Math.LOG10E * log(withHighWord(normal, (high & 0xfffff) | ((0x3ff - below) << 20)));
  return z + y * 0.30102999566361177;
}
