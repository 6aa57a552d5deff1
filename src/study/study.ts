import type { Executor } from "./executor.js";
import type { PlannedStudy } from "./grid.js";
import type { Progress } from "./progress.js";
import { studyRecord } from "./records.js";
import type { PlannedRun } from "./run.js";
import type { RunStore, StudyStore } from "./store.js";
import { inspectAll } from "./verify.js";

export interface RunStudyOptions {
  readonly store: StudyStore;
  /** Made for the store's runs. */
  readonly executor: Executor;
  readonly progress: Progress;
  /** Ends the study, in the middle of its runs. */
  readonly signal?: AbortSignal;
  /**
   * Called for each run that was stored and is damaged, before it is carried out again.
   *
   * @param place where its remains were set aside
   */
  readonly onDamaged?: (run: PlannedRun, reason: string, place: string) => void;
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
  const missing = await missingRuns(store.runs, wanted, options.onDamaged);
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

/** The runs that are not stored; damaged ones are set aside first. */
async function missingRuns(
  store: RunStore,
  runs: readonly PlannedRun[],
  onDamaged: RunStudyOptions["onDamaged"] = () => {},
): Promise<PlannedRun[]> {
  const states = await inspectAll(
    store,
    runs.map(({ id }) => id),
  );
  const missing: PlannedRun[] = [];
  for (const run of runs) {
    const state = states.get(run.id);
    if (state?.kind === "whole") continue;
    if (state?.kind === "damaged") onDamaged(run, state.reason, await store.setAside(run.id));
    missing.push(run);
  }
  return missing;
}
