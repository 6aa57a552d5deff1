import type { MessagePort } from "node:worker_threads";
import type { RunSpec } from "./grid.js";
import { executeRun } from "./run.js";
import { writeRun } from "./store.js";
import type { Task } from "./task.js";

/** One run, as the pool hands it to a worker thread. */
export interface Job {
  readonly run: RunSpec;
  /** URL of a module that exports `tasks: Record<string, Task>`. */
  readonly registry: string;
  /** The folder that holds the study's runs. */
  readonly folder: string;
  /** Receives the finished share, 0 … 1. The pool closes it; it closes by itself only when this thread ends. */
  readonly progress: MessagePort;
}

/** Runs a job and writes its folder. What a task throws is thrown on, in a form that crosses threads. */
export default async function work({ run, registry, folder, progress }: Job): Promise<void> {
  try {
    const { tasks } = (await import(registry)) as { tasks: Readonly<Record<string, Task>> };
    const finished = await executeRun(tasks[run.task], run, (share) => progress.postMessage(share));
    await writeRun(folder, run, finished);
  } catch (thrown) {
    const error = new Error(thrown instanceof Error ? thrown.message : String(thrown));
    if (thrown instanceof Error) error.stack = thrown.stack;
    throw error;
  }
}
