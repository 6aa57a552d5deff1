import { MessageChannel } from "node:worker_threads";
import { Tinypool } from "tinypool";
import type { Executor, RunHooks } from "./executor.js";
import type { RunSpec } from "./run.js";
import type { RunStore } from "./store.js";
import type { Job } from "./thread-worker.js";

export interface ThreadOptions {
  /** URL of the module that exports the list `tasks`. */
  readonly registry: string;
  /** Where the threads put finished runs. */
  readonly store: RunStore;
  /** Number of worker threads; no more are made than there are runs. */
  readonly jobs: number;
}

/** Carries out runs in worker threads of this process. A thread that dies takes only its run with it. */
export function threadExecutor({ registry, store, jobs }: ThreadOptions): Executor {
  return {
    async run<Spec extends RunSpec>(runs: readonly Spec[], hooks: RunHooks<Spec> = {}) {
      const { signal } = hooks;
      if (runs.length === 0 || signal?.aborted) return new Map();
      const threads = Math.min(jobs, runs.length);
      const pool = new Tinypool({
        filename: new URL("./thread-worker.js", import.meta.url).href,
        minThreads: threads,
        maxThreads: threads,
      });
      const stop = () => void pool.destroy();
      signal?.addEventListener("abort", stop);
      const attempt = async (run: Spec): Promise<[Spec, Error][]> => {
        const job = { run, registry, store: store.location };
        const error = await runInPool(pool, job, (fraction) => hooks.onProgress?.(run, fraction));
        if (signal?.aborted) return [];
        hooks.onFinished?.(run, error);
        return error === undefined ? [] : [[run, error]];
      };
      const failures = await Promise.all(runs.map(attempt));
      signal?.removeEventListener("abort", stop);
      await pool.destroy();
      return new Map(failures.flat());
    },
  };
}

/**
 * A thread that exits without an error, because something in it called `process.exit`, answers nothing. But the port
 * that it held closes, and then the abort makes the pool replace the thread.
 */
async function runInPool(
  pool: Tinypool,
  job: Omit<Job, "progress">,
  onProgress: (fraction: number) => void,
): Promise<Error | undefined> {
  const { port1, port2 } = new MessageChannel();
  const gone = new AbortController();
  let answered = false;
  port1.on("message", onProgress);
  port1.on("close", () => {
    // A thread that ends with an error closes its port as well, and its error says more: it gets a head start.
    if (!answered) setTimeout(() => gone.abort(), headStartMilliseconds);
  });
  try {
    await pool.run({ ...job, progress: port2 }, { transferList: [port2], signal: gone.signal });
    return undefined;
  } catch (error) {
    return gone.signal.aborted ? new Error("its worker thread ended without a word") : (error as Error);
  } finally {
    answered = true;
    port1.close();
  }
}

const headStartMilliseconds = 200;
