import type { Streams } from "../../src/rng/streams.js";
import type { RunContext } from "../../src/study/task.js";
import type { PlaneGan } from "../networks/plane-gan.js";
import { gameTables } from "../tables.js";
import { gridAround } from "./picture.js";

/** Samples of a snapshot, and the points along one side of its grid. */
const [rows, side] = [512, 40];

/** Stores what the players look like at some of the steps of a run. */
export type Snapshots = (step: number) => void;

/**
 * Writes the generator's samples and the discriminator's logits on a grid into the tables `snapshots` and
 * `snapshotSurfaces`, at so many steps evenly spread, the last one among them. Latents come from a stream of their own
 * (`evaluation/snapshots`), the same points at every time: the run goes on as if nobody had looked.
 */
export function createSnapshots(
  gan: PlaneGan,
  { count, steps }: { readonly count: number; readonly steps: number },
  streams: Streams,
  context: RunContext,
): Snapshots {
  const samples = context.table(gameTables.snapshots);
  const surfaces = context.table(gameTables.snapshotSurfaces);
  const stream = streams.get("evaluation/snapshots");
  const real = new Float32Array(2 * rows);
  gan.target.sample(stream, real, rows);
  const grid = gridAround(real, side);
  const start = stream.save();
  let taken = 0;
  return (step) => {
    if (step < Math.round(((taken + 1) * steps) / count)) return;
    taken++;
    stream.restore(start);
    const points = gan.sample(stream, rows);
    for (let i = 0; i < points.length; i += 2) samples.append(step, points[i], points[i + 1]);
    const logits = gan.logits(grid, grid.length / 2);
    for (let i = 0; i < logits.length; i++) surfaces.append(step, grid[2 * i], grid[2 * i + 1], logits[i]);
  };
}
