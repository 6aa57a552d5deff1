import type { Executor } from "./executor.js";
import type { PlannedStudy } from "./grid.js";
import type { Progress } from "./progress.js";
import { studyRecord } from "./records.js";
import type { PlannedRun } from "./run.js";
import type { RunStore, StudyStore } from "./store.js";

export interface RunStudyOptions {
  readonly store: StudyStore;
  /** Made for the store's runs. */
  readonly executor: Executor;
  readonly progress: Progress;
  /** Ends the study, in the middle of its runs. */
  readonly signal?: AbortSignal;
}

export interface StudyRunReport {
  /** Different runs of the study, those counted once that several experiments ask for. */
  readonly total: number;
  /** Of them: finished before, and not run again. */
  readonly reused: number;
  readonly failures: ReadonlyMap<PlannedRun, Error>;
  readonly interrupted: boolean;
}

/**
 * Runs what is missing of a study. When every run is stored, the study's record is written; when a run failed or the user
 * interrupted, it stays as it was, and the same call takes up where this one ended.
 *
 * @throws InputError when the store cannot be written
 */
export async function runStudy(study: PlannedStudy, options: RunStudyOptions): Promise<StudyRunReport> {
  const { store, executor, progress, signal } = options;
  await store.prepare();
  await store.runs.sweep();
  const wanted = distinctRuns(study);
  const missing = await missingRuns(store.runs, wanted);
  const reused = wanted.length - missing.length;

  const fractions = new Map<string, number>();
  const sum = () => [...fractions.values()].reduce((total, fraction) => total + fraction, reused);
  let finished = reused;
  progress.start(study.name, wanted.length, reused);
  const failures = await executor.run(missing, {
    signal,
    onProgress({ id }, fraction) {
      fractions.set(id, fraction);
      progress.update(sum());
    },
    onFinished({ id }) {
      fractions.set(id, 1);
      progress.finished(++finished);
      progress.update(sum());
    },
  });
  progress.stop();
  await store.runs.sweep();

  const interrupted = signal?.aborted ?? false;
  if (!interrupted && failures.size === 0) await store.put(studyRecord(study));
  return { total: wanted.length, reused, failures, interrupted };
}

/** The runs of a study, those that several experiments ask for once. */
function distinctRuns(study: PlannedStudy): PlannedRun[] {
  const runs = study.experiments.flatMap((experiment) => experiment.runs);
  return [...new Map(runs.toReversed().map((run) => [run.id, run])).values()].toReversed();
}

/** A run that lacks a part was damaged after it was written: it goes, and is done again. */
async function missingRuns(store: RunStore, runs: readonly PlannedRun[]): Promise<PlannedRun[]> {
  const missing: PlannedRun[] = [];
  for (const run of runs) {
    if (await store.has(run.id)) continue;
    await store.remove(run.id);
    missing.push(run);
  }
  return missing;
}
