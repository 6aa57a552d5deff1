import type { RunSpec } from "../run.js";
import type { Summary } from "../task.js";

// What coordinator and workers say to each other.

export const queueName = "ringdown";

/** A job: a run, and where its result belongs. */
export interface RunJob {
  readonly run: RunSpec;
  /** Of the program that planned it. */
  readonly version: string;
  /** The absolute path of the coordinator's store, and a file in it by which a worker knows that it sees the same. */
  readonly store: string;
  readonly mark: string;
  /** Seconds. */
  readonly timeLimit?: number;
}

/** A worker's answer. Rows do not travel in it, since Redis keeps answers in memory. */
export interface RunAnswer {
  readonly summary: Summary;
  /** The files of the run that lie in chunks on the queue's server; left out where the worker has stored the run. */
  readonly chunks?: readonly { readonly file: string; readonly keys: readonly string[] }[];
}

/** The queue takes no id of digits alone, as one of 2000 ids is. */
export const jobId = (run: Pick<RunSpec, "id">): string => `run-${run.id}`;

export const runIdOf = (jobId: string): string => jobId.slice("run-".length);

/**
 * A worker renews its lock twice in `lockDuration`; when it dies, its run is taken over after that and one
 * `stalledInterval` at most. Renewal needs a free event loop, which a worker has: its runs are in threads.
 */
export const lockDuration = 12_000;
export const stalledInterval = 5_000;

export const jobOptions = {
  attempts: 3,
  removeOnComplete: { age: 86_400 },
  removeOnFail: { age: 86_400 },
} as const;
