import { exp } from "../../src/math/elementary/exponential.js";
import { log } from "../../src/math/elementary/logarithm.js";
import type { Mixture } from "../targets/target.js";

/** How well samples cover a mixture. */
export interface Quality {
  /** Modes with at least one sample within 3σ of their centre. */
  readonly modes: number;
  /** Share of the samples within 3σ of their nearest centre; a perfect generator reaches {@link highQualityCeiling}. */
  readonly highQuality: number;
  /**
   * KL(p ‖ uniform) = Σ p ln(p · modes), where p is the share of the samples whose nearest centre is the mode;
   * 0 when all modes are equally frequent, ln(modes) when there is one.
   */
  readonly reverseKl: number;
  /**
   * Root mean square distance, along an axis and in units of σ, of the high-quality samples from their centres: .974 for
   * a perfect generator, less when modes are drawn too narrow; NaN without such samples.
   */
  readonly spread: number;
}

/** The chance that a sample of a round 2D Gaussian lies within 3σ: 1 − e^(−9/2) = .98889. */
export const highQualityCeiling = 1 - exp(-4.5);

/**
 * Mode coverage as in PacGAN (Lin et al. 2018, section 4) and VEEGAN (Srivastava et al. 2017).
 *
 * @param samples [rows, 2]
 */
export function quality({ centres, deviation }: Mixture, samples: ArrayLike<number>, rows: number): Quality {
  const count = centres.length / 2;
  const nearest = new Int32Array(count);
  const captured = new Uint8Array(count);
  const reach = 9 * deviation * deviation;
  let high = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let mode = 0; mode < count; mode++) {
      const dx = samples[2 * row] - centres[2 * mode];
      const dy = samples[2 * row + 1] - centres[2 * mode + 1];
      const square = dx * dx + dy * dy;
      if (square < least) {
        least = square;
        best = mode;
      }
    }
    nearest[best]++;
    if (least <= reach) {
      high++;
      squares += least;
      captured[best] = 1;
    }
  }
  let modes = 0;
  let reverseKl = 0;
  for (let mode = 0; mode < count; mode++) {
    modes += captured[mode];
    const p = nearest[mode] / rows;
    if (p > 0) reverseKl += p * log(p * count);
  }
  return { modes, highQuality: high / rows, reverseKl, spread: Math.sqrt(squares / (2 * high)) / deviation };
}
