import { rlTables } from "../../agents/tables.js";
import { problemTables } from "../../src/problems/tables.js";
import { mean } from "../../src/stats/index.js";
import { type Run, tableOf } from "../../src/study/read.js";

// The tables that this report reads: nothing else in it names them.

/** RMSprop's step |Δθ|/η at every update. */
export const stepsOf = async (run: Run) => (await tableOf(run, problemTables.metrics)).normalisedStep;

/** The share of a bandit's learners that have recovered, after every step. */
export const recoveredOf = async (run: Run) => (await tableOf(run, problemTables.metrics, "recovered")).recovered;

/**
 * The agent's updates: the environment step after which each was made; the gradient's norm before clipping, √v (the median
 * over the parameters), the update's norm, and the share of clipped steps.
 */
export const updatesOf = (run: Run) =>
  tableOf(run, rlTables.metrics, "gradientNorm", "rootSquareAverage", "updateNorm", "clippedShare");

/** The share of an agent's updates whose gradient was clipped, of those after an environment step. */
export async function clippedShareOf(run: Run, from: number): Promise<number> {
  const { step, clippedShare } = await tableOf(run, rlTables.metrics, "clippedShare");
  const first = step.findIndex((at) => at > from);
  return first < 0 ? Number.NaN : mean(clippedShare.slice(first));
}

/** The agent's episodes: the environment step at which each ended, its length and its return. */
export const episodesOf = (run: Run) => tableOf(run, rlTables.episodes);
export type Episodes = Awaited<ReturnType<typeof episodesOf>>;
