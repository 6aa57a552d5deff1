import { join } from "node:path";
import { ensureWritable, removeTemporaries } from "./files.js";
import type { PlannedRun, PlannedStudy } from "./grid.js";
import { runPool } from "./pool.js";
import type { Progress } from "./progress.js";
import { hasRun, removeRun, runsFolder, writeStudy } from "./store.js";

export interface RunStudyOptions {
  /** The folder that holds a folder for each study. */
  readonly out: string;
  /** URL of the module whose `tasks` the workers run. */
  readonly registry: string;
  readonly jobs: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface StudyRunReport {
  /** The study's own folder. */
  readonly folder: string;
  /** Different runs of the study; experiments may share some. */
  readonly total: number;
  /** Of them: finished before, and so not run again. */
  readonly reused: number;
  readonly failures: ReadonlyMap<PlannedRun, Error>;
  readonly interrupted: boolean;
}

/**
 * Finds out whether a study's results can be written, before anything runs.
 *
 * @throws InputError saying why not
 */
export async function prepareStudy(study: PlannedStudy, out: string): Promise<void> {
  const folder = join(out, study.name);
  await ensureWritable(folder, "--out");
  await ensureWritable(runsFolder(folder), "--out");
}

/**
 * Runs what is missing of a study. When every run is there, `study.json` is written; when a run failed or the user
 * interrupted, it stays as it was, and the same call takes up where this one ended.
 */
export async function runStudy(study: PlannedStudy, options: RunStudyOptions): Promise<StudyRunReport> {
  const { out, registry, jobs, progress, signal } = options;
  await prepareStudy(study, out);
  const folder = join(out, study.name);
  const runs = runsFolder(folder);
  await removeTemporaries(runs);
  const wanted = distinct(study);
  const missing = await missingRuns(runs, wanted);
  const reused = wanted.length - missing.length;

  const shares = new Map<string, number>();
  const sum = () => [...shares.values()].reduce((total, share) => total + share, reused);
  let finished = reused;
  progress.start(study.name, wanted.length, reused);
  const failures = await runPool(missing, {
    ...{ registry, folder: runs, jobs, signal },
    onProgress({ id }, share) {
      shares.set(id, share);
      progress.update(sum());
    },
    onFinished({ id }) {
      shares.set(id, 1);
      progress.finished(++finished);
      progress.update(sum());
    },
  });
  progress.stop();
  await removeTemporaries(runs);

  const interrupted = signal?.aborted ?? false;
  if (!interrupted && failures.size === 0) await writeStudy(folder, study);
  return { folder, total: wanted.length, reused, failures, interrupted };
}

/** Runs of different experiments with the same identity are one run. */
function distinct(study: PlannedStudy): PlannedRun[] {
  const runs = study.experiments.flatMap((experiment) => experiment.runs);
  return [...new Map(runs.toReversed().map((run) => [run.id, run])).values()].toReversed();
}

/** A folder that lacks a file was damaged after it was written: it goes, and its run is done again. */
async function missingRuns(folder: string, runs: readonly PlannedRun[]): Promise<PlannedRun[]> {
  const missing: PlannedRun[] = [];
  for (const run of runs) {
    if (await hasRun(folder, run.id)) continue;
    await removeRun(folder, run.id);
    missing.push(run);
  }
  return missing;
}
