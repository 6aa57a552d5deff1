import type { MessagePort } from "node:worker_threads";
import { executeRun } from "./execute.js";
import { openRunStore } from "./folder-store.js";
import { findTask, loadTasks } from "./registry.js";
import type { RunSpec } from "./run.js";

/** The message by which a thread gets its next run. */
export interface Job {
  readonly run: RunSpec;
  /** URL of the module that exports the list `tasks`. */
  readonly registry: string;
  /** The location of the store that takes the finished run. */
  readonly store: string;
  /** Receives 0 when the run begins, then the finished fraction, 0 … 1. The executor closes it; it closes by itself only when this thread ends. */
  readonly progress: MessagePort;
}

/** Carries out a run and stores it. An error of the task is thrown on in a form that crosses threads. */
export default async function work({ run, registry, store, progress }: Job): Promise<void> {
  progress.postMessage(0);
  try {
    const task = findTask(await loadTasks(registry), run.task, `run ${run.id}: task`);
    const finished = await executeRun(task, run, (fraction) => progress.postMessage(fraction));
    await openRunStore(store).put(run, finished);
  } catch (thrown) {
    const error = new Error(thrown instanceof Error ? thrown.message : String(thrown));
    if (thrown instanceof Error) error.stack = thrown.stack;
    throw error;
  }
}
