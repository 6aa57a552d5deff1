import { log } from "../math/elementary/logarithm.js";
import { hypot } from "../math/elementary/roots.js";
import { regression } from "./regression.js";

/** The distances of a path's points from a centre. */
export function radii(x: ArrayLike<number>, y: ArrayLike<number>, centreX = 0, centreY = 0): Float64Array {
  return Float64Array.from({ length: x.length }, (_, i) => hypot(x[i] - centreX, y[i] - centreY));
}

/** The rate of growth per step: the slope of the regression of ln r on t. Negative when the path decays. */
export function envelopeSlope(radius: ArrayLike<number>): number {
  return regression(Float64Array.from({ length: radius.length }, (_, i) => log(radius[i]))).slope;
}

/**
 * The damping ratio from the logarithmic decrement δ = ln(xₙ/xₙ₊₁) of successive maxima of an oscillation,
 * ζ = δ/√(4π² + δ²); maxima are refined by a parabola through three points. Null with fewer than two maxima.
 */
export function logarithmicDecrement(signal: ArrayLike<number>): { decrement: number; dampingRatio: number } | null {
  const peaks: number[] = [];
  for (let i = 1; i < signal.length - 1; i++) {
    if (signal[i] > 0 && signal[i] > signal[i - 1] && signal[i] >= signal[i + 1]) {
      const slope = (signal[i + 1] - signal[i - 1]) / 2;
      const curvature = signal[i + 1] - 2 * signal[i] + signal[i - 1];
      peaks.push(signal[i] - (slope * slope) / (2 * curvature));
    }
  }
  if (peaks.length < 2) return null;
  const decrement = log(peaks[0] / peaks[peaks.length - 1]) / (peaks.length - 1);
  return { decrement, dampingRatio: decrement / hypot(2 * Math.PI, decrement) };
}
