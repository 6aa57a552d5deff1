import type { Run } from "../../src/study/read.js";
import { columnsOf } from "../parts/select.js";

// The tables that this report reads: nothing else in it names their columns.

/** RMSprop's step |Δθ|/η at every update. */
export const stepsOf = async (run: Run) => (await columnsOf(run, "metrics", ["normalisedStep"])).normalisedStep;

/** The agent's updates: the environment step at which each was made, its norm, and √v, the median over the parameters. */
export const updatesOf = (run: Run) => columnsOf(run, "metrics", ["step", "updateNorm", "rootSquareAverage"]);
export type Updates = Awaited<ReturnType<typeof updatesOf>>;

/** The agent's episodes: the environment step at which each ended, its length and its return. */
export const episodesOf = (run: Run) => columnsOf(run, "episodes", ["step", "length", "return"]);
export type Episodes = Awaited<ReturnType<typeof episodesOf>>;
