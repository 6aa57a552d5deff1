import { gameTables } from "../../../gan/tables.js";
import { type Run, tableOf } from "../../../src/study/read.js";
import type { Column } from "../../../src/study/tables.js";

// The tables of a game's runs: nothing else in the reports names their columns.

const { metrics, quality, samples, target, modes, surface, spectra, snapshots, snapshotSurfaces, field } = gameTables;

/** The path of a bilinear game: both players' parameters after each step. */
export const pathOf = (run: Run) => tableOf(run, metrics, "x", "y");

/** The generator's mean over fixed latents, in data units, after each step. */
export const generatorMean = (run: Run) => tableOf(run, metrics, "meanX", "meanY");

export const lossesOf = (run: Run) => tableOf(run, metrics, "discriminatorLoss", "generatorLoss");

/** Captured modes and the share of samples within 3σ of one, as measured on the way. */
export const coverageOf = (run: Run) => tableOf(run, quality, "modes", "highQuality");

/** The sliced Wasserstein distance from the data, in data units, as measured on the way. */
export const distanceOf = (run: Run) => tableOf(run, quality, "slicedWasserstein");

/** Points of the generator at the end. */
export const samplesOf = (run: Run) => tableOf(run, samples);

/** Points of the data. */
export const targetOf = (run: Run) => tableOf(run, target);

/** The centres of the data's modes and their deviation σ. */
export const modesOf = (run: Run) => tableOf(run, modes);

/** The discriminator's logit on a grid of points. */
export const surfaceOf = (run: Run) => tableOf(run, surface);

/** The eigenvalues of the game's Jacobian at stages of a run that asks for them. */
export const spectraOf = (run: Run) => tableOf(run, spectra);

/** The generator's samples and the discriminator's logits at the times of a run's snapshots. */
export const snapshotsOf = (run: Run) => tableOf(run, snapshots);
export const snapshotSurfacesOf = (run: Run) => tableOf(run, snapshotSurfaces);
export const hasSnapshots = ({ tables }: Run) => tables.includes(snapshots.name);

/** Whether a run is that of a GAN on points of the plane. */
export const isPlaneGan = ({ tables }: Run) => tables.includes(surface.name);

/** The flow −g of a small game at points of a grid; none where the run has not stored it. */
export async function fieldOf(run: Run) {
  if (!run.tables.includes(field.name)) return [];
  const { x, y, flowX, flowY } = await tableOf(run, field);
  return Array.from(x, (_, i) => ({ at: { x: x[i], y: y[i] }, flow: { x: flowX[i], y: flowY[i] } }));
}

/** Steps and the first two observables of a small game, which span its plane. */
export async function planeOf(run: Run): Promise<{ step: Column; names: [string, string]; x: Column; y: Column }> {
  const { step, ...observables } = await run.table(metrics.name);
  const [x, y] = Object.keys(observables);
  return { step, names: [x, y], x: observables[x], y: observables[y] };
}
