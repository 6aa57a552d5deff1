import { studyFolder } from "./folder-store.js";
import type { Condition, Run } from "./run.js";
import type { StudyStore } from "./store.js";
import type { Tuning, TuningGroup } from "./tuning/record.js";

export { tableOf } from "./table-of.js";
export type { Condition, Run, Tuning, TuningGroup };

/** An experiment of a finished study. */
export interface Experiment {
  readonly name: string;
  readonly task: string;
  /** Axis → the labels of its values, in the order written in the study file. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
  /** The surface by which its values were chosen, where it was tuned. */
  readonly tuning?: Tuning;
  /** In the order of the conditions, the seeds of a condition side by side. */
  readonly runs: readonly Run[];
}

/** A finished study. */
export interface Study {
  readonly name: string;
  readonly title: string;
  readonly experiments: Readonly<Record<string, Experiment>>;
}

/**
 * Reads a finished study.
 *
 * @param from its results folder, or another store
 * @throws InputError when a part is missing or damaged, with what to do
 */
export async function readStudy(from: string | StudyStore): Promise<Study> {
  const store = typeof from === "string" ? studyFolder(from) : from;
  const { name, title, experiments: recorded } = await store.get();
  const experiments: Record<string, Experiment> = {};
  for (const [name, { runs, ...described }] of Object.entries(recorded)) {
    const read = runs.map(async ({ id, condition }) => ({ ...(await store.runs.get(id)), condition }));
    experiments[name] = { name, ...described, runs: await Promise.all(read) };
  }
  return { name, title, experiments };
}
