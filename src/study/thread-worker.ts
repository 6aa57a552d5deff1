import type { MessagePort } from "node:worker_threads";
import { executeRun } from "./execute.js";
import { openRunStore } from "./folder-store.js";
import { findTask, loadTasks } from "./registry.js";
import type { RunSpec } from "./run.js";

/** The message by which a thread gets its next runs. */
export interface Job {
  readonly runs: readonly RunSpec[];
  /** URL of the module that exports the list `tasks`. */
  readonly registry: string;
  /** The location of the store that takes the finished runs. */
  readonly store: string;
  /** One word: while it is not 0, the next run may begin. */
  readonly proceed: Int32Array;
  /** Receives {@link News}. Its closing says that all is told. */
  readonly port: MessagePort;
}

/** What a thread tells of the run of an index in its job. */
export type News =
  /** 0 when the run begins, then the finished fraction, 0 … 1. */
  | { readonly index: number; readonly fraction: number }
  /** Done and stored, or failed. */
  | { readonly index: number; readonly error: Error | undefined };

/** Carries out runs one after the other and stores them. */
export default async function work({ runs, registry, store, proceed, port }: Job): Promise<void> {
  const tell = (news: News) => port.postMessage(news);
  try {
    const tasks = await loadTasks(registry);
    const runStore = openRunStore(store);
    for (const [index, run] of runs.entries()) {
      if (Atomics.load(proceed, 0) === 0) break;
      tell({ index, fraction: 0 });
      try {
        const task = findTask(tasks, run.task, `run ${run.id}: task`);
        const finished = await executeRun(task, run, (fraction) => tell({ index, fraction }));
        await runStore.put(run, finished);
        tell({ index, error: undefined });
      } catch (thrown) {
        tell({ index, error: portable(thrown) });
      }
    }
  } catch (thrown) {
    throw portable(thrown);
  } finally {
    port.close();
  }
}

/** An error in a form that crosses threads. */
function portable(thrown: unknown): Error {
  const error = new Error(thrown instanceof Error ? thrown.message : String(thrown));
  if (thrown instanceof Error) error.stack = thrown.stack;
  return error;
}
