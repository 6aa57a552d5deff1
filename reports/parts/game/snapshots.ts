import { finiteOrNull } from "../../../src/math/finite-or-null.js";
import type { Run } from "../../../src/study/read.js";
import type { Figure } from "../findings.js";
import { groupBy } from "../select.js";
import { listText, number } from "../text.js";
import { type Picture, pictureOf, surfacePanel } from "./picture.js";
import { snapshotSurfacesOf, snapshotsOf } from "./tables.js";

/** A GAN at one time of its run. */
export interface Snapshot {
  readonly step: number;
  readonly picture: Picture;
}

/** The snapshots that a run has stored, in their order. */
export async function snapshotPictures(run: Run): Promise<Snapshot[]> {
  const [end, samples, surfaces] = await Promise.all([pictureOf(run), snapshotsOf(run), snapshotSurfacesOf(run)]);
  const surfaceRows = rowsByStep(surfaces.step);
  return [...rowsByStep(samples.step)].map(([step, rows]) => {
    const own = surfaceRows.get(step) ?? [];
    const of = (column: ArrayLike<number>) => own.map((row) => column[row]);
    return {
      step,
      picture: {
        ...end,
        samples: {
          x: Float64Array.from(rows, (row) => samples.x[row]),
          y: Float64Array.from(rows, (row) => samples.y[row]),
        },
        surface: {
          x: of(surfaces.x),
          y: of(surfaces.y),
          value: of(surfaces.logit).map(finiteOrNull),
          colours: "logit",
        },
      },
    };
  });
}

/** The rows of each step, in their order. */
function rowsByStep(steps: ArrayLike<number>): Map<number, number[]> {
  return groupBy(
    Array.from(steps, (_, row) => row),
    (row) => steps[row],
  );
}

/** Columns of the strip, and the most snapshots that it shows: two rows. */
const [columns, most] = [4, 8];

/** Samples over the decision surface, at up to eight times of a run from left to right. */
export function stripFigure(snapshots: readonly Snapshot[], heading: string): Figure {
  const count = Math.min(most, snapshots.length);
  const chosen = Array.from(
    { length: count },
    (_, i) => snapshots[Math.round(((i + 1) * snapshots.length) / count) - 1],
  );
  return {
    file: "strip.png",
    title: `${heading}: the players over the run`,
    caption: `The generator's samples, always of the same latents, over the discriminator, after ${listText(chosen.map(({ step }) => number(step)))} steps; white where it cannot tell real from generated, coloured where it can.`,
    columns: Math.min(columns, chosen.length),
    panelWidth: 420,
    panelHeight: 460,
    panels: chosen.map(({ step, picture }) => surfacePanel(`after ${number(step)} steps`, picture)),
  };
}
