import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { studyFolder } from "./folder-store.js";
import type { Condition, Run } from "./run.js";
import type { StudyStore } from "./store.js";
import type { Column, TableDeclaration } from "./tables.js";
import type { Tuning, TuningGroup } from "./tuning/record.js";

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

/**
 * The columns of one of a run's tables, typed by the task's declaration and checked against it, read from the store.
 *
 * @param further columns that not every run has
 * @throws InputError when the run has no such table or column
 */
export async function tableOf<Name extends string, Further extends string = never>(
  run: Pick<Run, "id" | "table">,
  { name, columns }: TableDeclaration<Name>,
  ...further: readonly Further[]
): Promise<Record<Name | Further, Column>> {
  const found = await run.table(name);
  for (const wanted of [...Object.keys(columns), ...further]) {
    if (Object.hasOwn(found, wanted)) continue;
    throw new InputError(`run ${run.id}: ${name}: no column "${wanted}"${suggest(wanted, Object.keys(found))}`);
  }
  return found as Record<Name | Further, Column>;
}
