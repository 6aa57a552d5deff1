import type { Run } from "../../../src/study/read.js";
import type { Column } from "../../../src/study/table.js";
import { columnsOf } from "../select.js";

// The tables of a game's runs: nothing else in the reports names their columns.

/** The path of a bilinear game: both players' parameters after each step. */
export const pathOf = (run: Run) => columnsOf(run, "metrics", ["x", "y"]);

/** The generator's mean over fixed latents, in data units, after each step. */
export const generatorMean = (run: Run) => columnsOf(run, "metrics", ["step", "meanX", "meanY"]);

export const lossesOf = (run: Run) => columnsOf(run, "metrics", ["step", "discriminatorLoss", "generatorLoss"]);

/** Captured modes and the share of samples within 3σ of one, as measured on the way. */
export const coverageOf = (run: Run) => columnsOf(run, "quality", ["step", "modes", "highQuality"]);

/** The sliced Wasserstein distance from the data, in data units, as measured on the way. */
export const distanceOf = (run: Run) => columnsOf(run, "quality", ["step", "slicedWasserstein"]);

/** Points of the generator at the end. */
export const samplesOf = (run: Run) => columnsOf(run, "samples", ["x", "y"]);

/** Points of the data. */
export const targetOf = (run: Run) => columnsOf(run, "target", ["x", "y"]);

/** The centres of the data's modes and their deviation σ. */
export const modesOf = (run: Run) => columnsOf(run, "modes", ["x", "y", "deviation"]);

/** The discriminator's logit on a grid of points. */
export const surfaceOf = (run: Run) => columnsOf(run, "surface", ["x", "y", "logit"]);

/** Whether a run is that of a GAN on points of the plane. */
export const isPlaneGan = ({ tables }: Run) => tables.includes("surface");

/** Steps and all observables of a small game, the first two of which span its plane. */
export async function observablesOf(
  run: Run,
): Promise<{ step: Column; names: [string, string]; x: Column; y: Column }> {
  const { step, ...others } = await run.table("metrics");
  const [x, y] = Object.keys(others);
  return { step, names: [x, y], x: others[x], y: others[y] };
}
