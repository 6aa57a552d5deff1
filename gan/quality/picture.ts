import type { RunContext } from "../../src/study/task.js";
import { gameTables } from "../tables.js";
import type { Target } from "../targets/target.js";

/** The two players of a GAN as a picture shows them. */
interface Pictured {
  readonly target: Target;
  /** The discriminator's logits at points [rows, 2]. */
  logits(points: Float32Array, rows: number): Float32Array;
}

/**
 * Writes what a picture of a GAN at the end of its run needs:
 *
 * - `samples` and `target`: x, y of points that the generator drew, and of the data
 * - `modes`: x, y of each mode's centre, and its deviation; no rows where the target has none
 * - `surface`: the discriminator's logit on a grid of 80 × 80 points x, y, row by row from the lowest, over the smallest
 *   square around the target's points, a quarter of it wider on each side
 *
 * @param samples [rows, 2]
 * @param target [rows, 2]
 */
export function writePicture(gan: Pictured, samples: Float32Array, target: Float32Array, context: RunContext): void {
  writePoints("samples", samples, context);
  writePoints("target", target, context);
  const modes = context.table(gameTables.modes);
  const { centres, deviation } = gan.target.mixture ?? { centres: [], deviation: 0 };
  for (let i = 0; i < centres.length; i += 2) modes.append(centres[i], centres[i + 1], deviation);
  const grid = gridAround(target, side);
  const logits = gan.logits(grid, grid.length / 2);
  const surface = context.table(gameTables.surface);
  for (let i = 0; i < logits.length; i++) surface.append(grid[2 * i], grid[2 * i + 1], logits[i]);
}

function writePoints(name: "samples" | "target", points: Float32Array, context: RunContext): void {
  const table = context.table(gameTables[name]);
  for (let i = 0; i < points.length; i += 2) table.append(points[i], points[i + 1]);
}
/** Points along one side of the surface's grid. */
const side = 80;

/**
 * Points [side², 2] of a square grid around the target's points, a quarter of it wider on each side.
 *
 * @param target [rows, 2]
 */
export function gridAround(target: Float32Array, side: number): Float32Array {
  const [x, y] = [range(target, 0), range(target, 1)];
  const half = 0.75 * Math.max(x.high - x.low, y.high - y.low);
  const at = ({ low, high }: typeof x, k: number) => (low + high) / 2 + half * ((2 * k) / (side - 1) - 1);
  const points = new Float32Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = at(x, i % side);
    points[2 * i + 1] = at(y, Math.floor(i / side));
  }
  return points;
}

function range(points: Float32Array, coordinate: 0 | 1) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = coordinate; i < points.length; i += 2) {
    low = Math.min(low, points[i]);
    high = Math.max(high, points[i]);
  }
  return { low, high };
}
