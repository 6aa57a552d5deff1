import { envelopeSlope, radii } from "../dynamics/envelope.js";
import { modeDecomposition } from "../dynamics/mode-decomposition.js";
import { rootMeanSquare } from "../dynamics/regression.js";
import { bandAmplitude, dominant, periodogram, totalSpectrum } from "../dynamics/spectrum.js";
import { winding } from "../dynamics/winding.js";
import { argument, leading, modulus } from "../math/complex.js";
import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { finiteOrNull } from "../math/finite-or-null.js";
import { mean } from "../stats/mean.js";
import { bands } from "../theory/bands.js";
import { dampingRatio } from "../theory/damping-ratio.js";

/** Measures of a path in the plane; null where undefined. Angles in radians, periods in steps. */
export interface Orbit {
  /** factor on the amplitude per step */
  readonly spectralRadius: number | null;
  /** angle turned per step */
  readonly angle: number | null;
  readonly dampingRatio: number | null;
  /** steps per turn */
  readonly period: number | null;
  /** turns over the whole path, counter-clockwise positive */
  readonly winding: number | null;
  /** root-mean-square distance from the centre over the last half */
  readonly radius: number | null;
  /** amplitude at periods below 4 steps, over the last half */
  readonly chatter: number | null;
  /** amplitude at periods above 50 steps, over the last half */
  readonly slowCycle: number | null;
}

/** The second half of a series: what is left when the start is forgotten. */
export function lastHalf<T extends { slice(start: number): T; readonly length: number }>(series: T): T {
  return series.slice(Math.floor(series.length / 2));
}

/** Samples that the mode decomposition sees. */
const decompositionSamples = 200;

/**
 * The orbit of a method that is linear in the game's state: the eigenvalue of the fitted step.
 *
 * The path is sampled every k steps, with k such that a sample turns by about one radian or, where the run is too short
 * for that, such that 200 samples fit: the eigenvalue's k-th root then has k times smaller an error, which slow games
 * need.
 *
 * @param delays 1 for gradient descent, 2 for a method with a momentum buffer
 * @param every after how many steps what is done repeats (lookahead); k is a multiple of it
 */
export function measureLinearOrbit(x: Float64Array, y: Float64Array, delays: number, every = 1): Orbit {
  const free = measureOrbit(x, y);
  const turning = free.angle === null || free.angle === 0 ? 1 : free.angle;
  const wanted = Math.min(Math.floor(1 / turning), Math.floor(x.length / decompositionSamples));
  const stride = every * Math.max(1, Math.floor(wanted / every));
  const sampled = [x, y].map((signal) => signal.filter((_, t) => t % stride === 0).subarray(0, decompositionSamples));
  const eigenvalues = modeDecomposition(sampled, delays);
  if (eigenvalues.length === 0) return free;
  const z = leading(eigenvalues);
  return { ...free, ...rates(exp(log(modulus(z)) / stride), argument(z) / stride) };
}

/**
 * The orbit of any method around a centre, from its last half: growth by the slope of ln r, angle by the winding.
 */
export function measureOrbit(x: Float64Array, y: Float64Array, centre: readonly [number, number] = [0, 0]): Orbit {
  const [cx, cy] = centre;
  const [lateX, lateY] = [lastHalf(x), lastHalf(y)];
  const radius = radii(lateX, lateY, cx, cy);
  const spectra = [periodogram(lateX), periodogram(lateY)];
  const steps = lateX.length - 1;
  const angle = steps > 0 ? (2 * Math.PI * Math.abs(winding(lateX, lateY, cx, cy))) / steps : null;
  return {
    ...rates(steps > 0 ? exp(envelopeSlope(radius)) : null, angle),
    winding: finiteOrNull(winding(x, y, cx, cy)),
    radius: finiteOrNull(rootMeanSquare(radius)),
    chatter: finiteOrNull(bandAmplitude(spectra, bands.chatter)),
    slowCycle: finiteOrNull(bandAmplitude(spectra, bands.slowCycle)),
  };
}

/** The motion of a GAN's generator: bands and dominant period of its mean's path, without a notion of growth. */
export function measureMean(x: Float64Array, y: Float64Array): Orbit {
  const [lateX, lateY] = [lastHalf(x), lastHalf(y)];
  const orbit = measureOrbit(x, y, [mean(lateX), mean(lateY)]);
  const { period } = dominant(totalSpectrum([periodogram(lateX), periodogram(lateY)]));
  return { ...orbit, spectralRadius: null, angle: null, dampingRatio: null, period: finiteOrNull(period) };
}

function rates(spectralRadius: number | null, angle: number | null) {
  if (spectralRadius === null || angle === null || !(spectralRadius > 0)) {
    return { spectralRadius: null, angle: null, dampingRatio: null, period: null };
  }
  return {
    spectralRadius: finiteOrNull(spectralRadius),
    angle: finiteOrNull(angle),
    dampingRatio: finiteOrNull(dampingRatio(spectralRadius, angle)),
    period: angle > 0 ? finiteOrNull((2 * Math.PI) / angle) : null,
  };
}
