import type { PlannedRun } from "./run.js";
import type { Summary } from "./task.js";

/** Runs that are carried out side by side: those of a study, or of one step of its tuning. */
export interface Phase {
  /** For messages. */
  readonly name: string;
  /** The runs of the phase, those counted once that several experiments ask for. */
  readonly total: number;
  /** The runs that were finished before, or are another process's. */
  readonly done: number;
  /** The runs that are to be carried out. */
  readonly runs: readonly PlannedRun[];
  /** What later phases will ask for, as far as that is known. */
  readonly later: readonly PlannedRun[];
  /** The field of the summaries by which tuning chooses. */
  readonly metric?: { readonly path: string; readonly goal: "maximise" | "minimise" };
}

/** The events of a running study, for whoever shows them. */
export interface Progress {
  start(phase: Phase): void;
  /** @param fraction finished, 0 … 1; 0 when the run begins */
  advanced(run: PlannedRun, fraction: number): void;
  /**
   * A run has finished or failed.
   *
   * @param summary undefined where it failed or another process carried it out
   */
  ended(run: PlannedRun, error: Error | undefined, summary: Summary | undefined): void;
  stop(): void;
}

/** Shows nothing. */
export const silentProgress: Progress = { start() {}, advanced() {}, ended() {}, stop() {} };
