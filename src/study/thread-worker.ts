import type { MessagePort } from "node:worker_threads";
import { executeRun } from "./execute.js";
import { openRunStore } from "./folder-store.js";
import { findTask, loadTasks } from "./registry.js";
import type { RunSpec } from "./run.js";
import type { RunStore, StoredRun } from "./store.js";
import type { Summary } from "./task.js";

/** The message by which a thread gets its next runs. */
export interface Job {
  readonly runs: readonly RunSpec[];
  /** URL of the module that exports the list `tasks`. */
  readonly registry: string;
  /** The location of the store that takes the finished runs. */
  readonly store: string;
  /** Shared with the executor. */
  readonly signs: Signs;
  /** Receives {@link News}. The executor closes it; it closes by itself only when this thread ends. */
  readonly port: MessagePort;
}

/** Memory that both sides see: telling by messages how far a run is would cost more than a small run. */
export interface Signs {
  /** One word: while it is not 0, the run after the one under way may begin. */
  readonly proceed: Int32Array;
  /** One number: the finished fraction of the run under way, 0 … 1. */
  readonly fraction: Float64Array;
}

/** What a thread tells: of runs, by their index in its job, and that there is nothing more to tell. */
export type News =
  | { readonly kind: "over" }
  | { readonly index: number; readonly kind: "begun" }
  | { readonly kind: "stored"; readonly runs: readonly { readonly index: number; readonly summary: Summary }[] }
  | { readonly index: number; readonly kind: "failed"; readonly error: Error };

/** Carries out runs one after the other and stores them. */
export default async function work({ runs, registry, store, signs, port }: Job): Promise<void> {
  const tell = (news: News) => port.postMessage(news);
  try {
    const tasks = await loadTasks(registry);
    const runStore = openRunStore(store);
    const done: Done[] = [];
    let storing = Promise.resolve();
    for (const [index, run] of runs.entries()) {
      // The first is always begun: loading the tasks may have taken longer than a batch should.
      if (index > 0 && Atomics.load(signs.proceed, 0) === 0) break;
      signs.fraction[0] = 0;
      tell({ index, kind: "begun" });
      try {
        const task = findTask(tasks, run.task, `run ${run.id}: task`);
        const onProgress = (fraction: number) => {
          signs.fraction[0] = fraction;
        };
        done.push({ index, run, finished: await executeRun(task, run, onProgress) });
      } catch (thrown) {
        tell({ index, kind: "failed", error: portable(thrown) });
      }
      if (done.length < storedAtOnce) continue;
      // The disk syncs these while the next runs are carried out.
      await storing;
      storing = storeAll(runStore, done.splice(0), tell);
    }
    await storing;
    await storeAll(runStore, done, tell);
    tell({ kind: "over" });
  } catch (thrown) {
    throw portable(thrown);
  }
}

/** Small runs are stored together: syncing the disk takes longer than they do. */
const storedAtOnce = 16;

interface Done extends StoredRun {
  readonly index: number;
}

async function storeAll(store: RunStore, done: readonly Done[], tell: (news: News) => void): Promise<void> {
  const stored = (...runs: readonly Done[]) =>
    tell({ kind: "stored", runs: runs.map(({ index, finished: { summary } }) => ({ index, summary })) });
  try {
    await store.put(...done);
    stored(...done);
  } catch {
    // One by one, to tell which of them it is.
    for (const one of done) {
      await store.put(one).then(
        () => stored(one),
        (thrown) => tell({ index: one.index, kind: "failed", error: portable(thrown) }),
      );
    }
  }
}

/** An error in a form that crosses threads. */
function portable(thrown: unknown): Error {
  const error = new Error(thrown instanceof Error ? thrown.message : String(thrown));
  if (thrown instanceof Error) error.stack = thrown.stack;
  return error;
}
