import type { Executor } from "./executor.js";
import { forecast } from "./forecast.js";
import type { PlannedExperiment, PlannedStudy } from "./grid.js";
import { inTurns } from "./order.js";
import type { Phase, Progress } from "./progress.js";
import { studyRecord } from "./records.js";
import type { PlannedRun } from "./run.js";
import { ofShard, type Shard } from "./sharing/shard.js";
import type { RunStore, StudyStore } from "./store.js";
import { tune } from "./tuning/tune.js";
import { sideBySide } from "./verify.js";

export interface RunStudyOptions {
  readonly store: StudyStore;
  /** Made for the store's runs. */
  readonly executor: Executor;
  readonly progress: Progress;
  /** Ends the study, in the middle of its runs. */
  readonly signal?: AbortSignal;
  /** Carries out a part of the runs only, of a study that tunes nothing. */
  readonly shard?: Shard;
  /**
   * Called for each run that was stored and is damaged, before it is carried out again.
   *
   * @param place where its remains were set aside
   */
  readonly onDamaged?: (run: PlannedRun, reason: string, place: string) => void;
}

export interface StudyRunReport {
  /** Different runs that were asked for, those counted once that several experiments ask for. */
  readonly total: number;
  /** Of them: finished before, and not run again. */
  readonly reused: number;
  readonly failures: ReadonlyMap<PlannedRun, Error>;
  readonly interrupted: boolean;
  /** Whether all runs of the study are stored, not only those that were asked for here, and its record is written. */
  readonly complete: boolean;
}

/**
 * Runs what is missing of a study: the tuning of each experiment that is tuned, then the runs of all experiments. When
 * every run is stored, the study's record is written; when a run failed or the user interrupted, it stays as it was, no
 * further phase begins, and the same call takes up where this one ended.
 *
 * @throws InputError when the store cannot be written
 */
export async function runStudy(study: PlannedStudy, options: RunStudyOptions): Promise<StudyRunReport> {
  const { store, signal, shard } = options;
  await store.prepare();
  const asked = new Set<string>();
  const begun = new Set<string>();
  let failures: ReadonlyMap<PlannedRun, Error> = new Map();
  const interrupted = () => signal?.aborted ?? false;
  const runPhase = async (about: PhaseOf, runs: readonly PlannedRun[]) => {
    const phase = await carryOut(about, runs, options);
    for (const { id } of phase.wanted) asked.add(id);
    for (const { id } of phase.missing) begun.add(id);
    failures = phase.failures;
    return failures.size === 0 && !interrupted();
  };
  const report = (complete: boolean): StudyRunReport => ({
    ...{ total: asked.size, reused: asked.size - begun.size, failures, complete },
    interrupted: interrupted(),
  });

  const forecasts = forecast(study);
  const experiments: PlannedExperiment[] = [];
  for (const [index, experiment] of study.experiments.entries()) {
    if ("runs" in experiment) {
      experiments.push(experiment);
      continue;
    }
    const { metric: path, goal } = experiment.untuned.tune;
    const later = [
      ...forecasts.slice(index + 1).flatMap(({ trials }) => trials),
      ...forecasts.flatMap(({ runs }) => runs),
    ];
    const about = { name: `${study.name}, tuning of ${experiment.name}`, later, metric: { path, goal } };
    const tuned = await tune(experiment, store.runs, (runs) => runPhase(about, runs));
    if (tuned === undefined) return report(false);
    experiments.push(tuned);
  }
  const runs = distinctRuns(experiments.flatMap((experiment) => experiment.runs));
  const record = studyRecord({ ...study, experiments });
  await store.putPlan(record);
  const about = { name: study.name, later: [] };
  const done = await runPhase(about, shard === undefined ? runs : ofShard(runs, shard));
  const complete = done && (shard === undefined || (await areStored(store.runs, runs)));
  if (complete) await store.put(record);
  return report(complete);
}

type PhaseOf = Pick<Phase, "name" | "later" | "metric">;

interface FinishedPhase {
  /** Without repetitions. */
  readonly wanted: readonly PlannedRun[];
  /** Those that were not stored. */
  readonly missing: readonly PlannedRun[];
  readonly failures: ReadonlyMap<PlannedRun, Error>;
}

/** Carries out those of the runs that are not stored, and shows how far they are. */
async function carryOut(
  about: PhaseOf,
  asked: readonly PlannedRun[],
  { store, executor, progress, signal, onDamaged }: RunStudyOptions,
): Promise<FinishedPhase> {
  await store.runs.sweep();
  const wanted = distinctRuns(asked);
  const missing = await missingRuns(store.runs, wanted, onDamaged);
  progress.start({ ...about, total: wanted.length, done: wanted.length - missing.length, runs: missing });
  try {
    const failures = await executor.run(inTurns(missing), {
      signal,
      onProgress: (run, fraction) => progress.advanced(run, fraction),
      onFinished: (run, error, summary) => progress.ended(run, error, summary),
    });
    return { wanted, missing, failures: inOrder(missing, failures) };
  } finally {
    progress.stop();
    await store.runs.sweep();
  }
}

/** Failures in the order in which runs were asked for. */
function inOrder(runs: readonly PlannedRun[], failures: ReadonlyMap<PlannedRun, Error>): Map<PlannedRun, Error> {
  const found = runs.map((run) => [run, failures.get(run)] as const);
  return new Map(found.flatMap(([run, error]) => (error === undefined ? [] : [[run, error]])));
}

/** The runs, those once that several experiments ask for. */
function distinctRuns(runs: readonly PlannedRun[]): PlannedRun[] {
  return [...new Map(runs.toReversed().map((run) => [run.id, run])).values()].toReversed();
}

/** The runs that are not stored; damaged ones are set aside. */
async function missingRuns(
  store: RunStore,
  runs: readonly PlannedRun[],
  onDamaged: RunStudyOptions["onDamaged"] = () => {},
): Promise<PlannedRun[]> {
  const isMissing = async (run: PlannedRun) => {
    const state = await store.inspect(run.id);
    // At once: other processes at work on this study may find the same.
    const place = state.kind === "damaged" ? await store.setAside(run.id) : undefined;
    if (state.kind === "damaged" && place !== undefined) onDamaged(run, state.reason, place);
    return state.kind !== "whole";
  };
  const missing: PlannedRun[] = [];
  for (let start = 0; start < runs.length; start += sideBySide) {
    const inspected = runs.slice(start, start + sideBySide);
    const found = await Promise.all(inspected.map(isMissing));
    missing.push(...inspected.filter((_, index) => found[index]));
  }
  return missing;
}

async function areStored(store: RunStore, runs: readonly PlannedRun[]): Promise<boolean> {
  const stored = new Set(await store.list());
  return runs.every(({ id }) => stored.has(id));
}
