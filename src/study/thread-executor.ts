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
  /** Seconds after which a run fails; as long as it takes where left out. */
  readonly timeLimit?: number;
  /** Megabytes of JavaScript objects after which a run fails; Node's own limit where left out. Vectors do not count. */
  readonly heapLimit?: number;
}

/** Carries out runs in worker threads of this process. A thread that dies takes only its run with it. */
export function threadExecutor({ registry, store, jobs, timeLimit, heapLimit }: ThreadOptions): Executor {
  return {
    async run<Spec extends RunSpec>(runs: readonly Spec[], hooks: RunHooks<Spec> = {}) {
      const { signal } = hooks;
      if (runs.length === 0 || signal?.aborted) return new Map();
      const threads = Math.min(jobs, runs.length);
      const pool = new Tinypool({
        filename: new URL("./thread-worker.js", import.meta.url).href,
        minThreads: threads,
        maxThreads: threads,
        ...(heapLimit === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapLimit } }),
      });
      const stop = () => void pool.destroy();
      signal?.addEventListener("abort", stop);
      const attempt = async (run: Spec): Promise<[Spec, Error][]> => {
        const job = { run, registry, store: store.location };
        const error = await runInPool(pool, job, timeLimit, (fraction) => hooks.onProgress?.(run, fraction));
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
  timeLimit: number | undefined,
  onProgress: (fraction: number) => void,
): Promise<Error | undefined> {
  const { port1, port2 } = new MessageChannel();
  const stopped = new AbortController();
  const stop = (reason: string) => stopped.abort(new Error(reason));
  let clock: NodeJS.Timeout | undefined;
  let answered = false;
  // The first message is the worker's that the run has begun: before, it waited for a thread.
  port1.once("message", () => {
    if (timeLimit === undefined) return;
    clock = setTimeout(() => stop(`it took longer than the time limit of ${timeLimit} s`), 1000 * timeLimit);
  });
  port1.on("message", onProgress);
  port1.on("close", () => {
    // A thread that ends with an error closes its port as well, and its error says more: it gets a head start.
    if (!answered) setTimeout(() => stop("its worker thread ended without a word"), headStartMilliseconds);
  });
  try {
    await pool.run({ ...job, progress: port2 }, { transferList: [port2], signal: stopped.signal });
    return undefined;
  } catch (error) {
    return stopped.signal.aborted ? stopped.signal.reason : (error as Error);
  } finally {
    answered = true;
    clearTimeout(clock);
    port1.close();
  }
}

const headStartMilliseconds = 200;
