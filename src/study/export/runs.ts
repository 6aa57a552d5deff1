import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../config/input-error.js";
import { readRun, runFolder } from "../folder-store.js";
import { readStudy } from "../read.js";
import type { Run } from "../run.js";
import { summaryLeaves } from "../summary.js";

/** A run that is to be exported, as one experiment asked for it; two may have asked for the same. */
export interface ExportedRun {
  /** Null for a run of its own. */
  readonly experiment: string | null;
  readonly run: Run;
}

/**
 * The runs of a study's results folder, of a folder of single runs, or the one whose folder it is.
 *
 * @throws InputError when there is none, or when a record is missing or damaged
 */
export async function runsIn(folder: string): Promise<ExportedRun[]> {
  if (existsSync(join(folder, "run.json"))) return [{ experiment: null, run: await readRun(folder) }];
  const ids = existsSync(join(folder, "study.json")) ? [] : await runFolder(folder).list();
  if (ids.length > 0) {
    return Promise.all(ids.map(async (id) => ({ experiment: null, run: await readRun(join(folder, id)) })));
  }
  const { experiments } = await readStudy(folder);
  const runs = Object.values(experiments).flatMap(({ name, runs }) => runs.map((run) => ({ experiment: name, run })));
  if (runs.length === 0) throw new InputError(`${folder}: the study has no runs`);
  return runs;
}

/** A run in one line: what it is, its condition by axis, how it ended, and its summary by path. */
export function runFields({ experiment, run }: ExportedRun): [name: string, value: unknown][] {
  const { id, task, seed, engine, condition, outcome, summary, parametersSha256 } = run;
  const { step: divergedAt, reason } = outcome.kind === "diverged" ? outcome : { step: null, reason: null };
  const fields = { experiment, id, task, seed, engine, outcome: outcome.kind, divergedAt, reason, parametersSha256 };
  return [
    ...Object.entries(fields),
    ...Object.entries(condition).map(([axis, label]): [string, unknown] => [`condition.${axis}`, label]),
    ...summaryLeaves(summary).map(([path, value]): [string, unknown] => [`summary.${path}`, value]),
  ];
}
