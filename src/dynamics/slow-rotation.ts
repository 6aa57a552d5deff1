import { hypot } from "../math/elementary/roots.js";
import { regression, rootMeanSquare } from "./regression.js";
import { turnedAngles } from "./winding.js";

/** What is left of a path in the plane when fast motion is averaged away and a straight drift taken off. */
export interface SlowRotation {
  /** net turns around the middle, counter-clockwise positive */
  readonly turns: number;
  /** |net turns| by the turns made in either sense: 1 for a path that only turns one way, near 0 for noise */
  readonly coherence: number;
  /** root-mean-square distance from the drifting middle */
  readonly amplitude: number;
  /** how far the middle moved along the line that was taken off */
  readonly drift: number;
  /** how many blocks of steps it was seen in */
  readonly blocks: number;
}

/**
 * The slow rotation of a path: means of blocks of steps (25 pass periods above 50 and average chatter away), less the
 * least-squares line of each coordinate, seen from the middle. A path with fewer than 8 blocks has none: all NaN.
 */
export function slowRotation(x: ArrayLike<number>, y: ArrayLike<number>, block = 25): SlowRotation {
  const blocks = Math.floor(x.length / block);
  if (blocks < 8) return { turns: Number.NaN, coherence: Number.NaN, amplitude: Number.NaN, drift: Number.NaN, blocks };
  const [slowX, slowY] = [detrended(blockMeans(x, block)), detrended(blockMeans(y, block))];
  let [net, total] = [0, 0];
  for (const change of turnedAngles(slowX.rest, slowY.rest)) {
    net += change;
    total += Math.abs(change);
  }
  return {
    turns: net / (2 * Math.PI),
    coherence: total > 0 ? Math.abs(net) / total : 0,
    amplitude: hypot(rootMeanSquare(slowX.rest), rootMeanSquare(slowY.rest)),
    drift: hypot(slowX.drift, slowY.drift),
    blocks,
  };
}

/** The means of consecutive blocks; an incomplete one at the start is left out. */
export function blockMeans(values: ArrayLike<number>, block: number): Float64Array {
  const count = Math.floor(values.length / block);
  const skipped = values.length - count * block;
  return Float64Array.from({ length: count }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < block; i++) sum += values[skipped + k * block + i];
    return sum / block;
  });
}

/** A series less its least-squares line, and how far that rises from the first value to the last. */
export function detrended(values: ArrayLike<number>): { readonly rest: Float64Array; readonly drift: number } {
  const { slope, intercept } = regression(values);
  const rest = Float64Array.from(values, (value, i) => value - intercept - slope * i);
  return { rest, drift: slope * (values.length - 1) };
}
