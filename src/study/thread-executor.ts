import { Tinypool } from "tinypool";
import type { Executor, RunHooks } from "./executor.js";
import type { RunSpec } from "./run.js";
import { listQueue, sharedQueue } from "./run-queue.js";
import type { Claims } from "./sharing/claims.js";
import type { RunStore } from "./store.js";
import { mostAtOnce, runBatch } from "./thread-batch.js";

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
  /** Where other processes want to carry out the same runs: each is claimed before it begins. */
  readonly claims?: Claims;
}

/** Carries out runs in worker threads of this process. A thread that dies takes only its run with it. */
export function threadExecutor({ registry, store, jobs, timeLimit, heapLimit, claims }: ThreadOptions): Executor {
  return {
    async run<Spec extends RunSpec>(runs: readonly Spec[], hooks: RunHooks<Spec> = {}) {
      const { signal } = hooks;
      if (runs.length === 0 || signal?.aborted) return new Map();
      const threads = Math.min(jobs, runs.length);
      const pool = createPool(threads, heapLimit);
      const stop = () => void pool.destroy();
      signal?.addEventListener("abort", stop);
      const onStored = (run: Spec) => hooks.onFinished?.(run, undefined);
      const queue = claims === undefined ? listQueue(runs) : sharedQueue(runs, { store, claims, signal, onStored });
      const failures = new Map<Spec, Error>();
      const given: Promise<void>[] = [];
      const events: RunHooks<Spec> = {
        onProgress: hooks.onProgress,
        onFinished(run, error, summary) {
          given.push(queue.close(run));
          if (signal?.aborted) return;
          if (error !== undefined) failures.set(run, error);
          hooks.onFinished?.(run, error, summary);
        },
      };
      /** Keeps one thread busy. Its batches grow while they end soon: handing over a run costs as much as a small one. */
      const lane = async () => {
        for (let size = 1; !signal?.aborted; ) {
          const batch = await queue.take(size);
          if (batch.length === 0) return;
          const { left, recalled } = await runBatch(
            batch,
            { pool, job: { registry, store: store.location }, timeLimit },
            events,
          );
          await queue.putBack(left);
          size = recalled ? Math.max(1, size >> 1) : Math.min(mostAtOnce, 2 * size);
        }
      };
      try {
        await Promise.all(Array.from({ length: threads }, lane));
        await Promise.all(given);
      } finally {
        signal?.removeEventListener("abort", stop);
        await pool.destroy();
      }
      return new Map(runs.flatMap((run) => (failures.has(run) ? [[run, failures.get(run) as Error]] : [])));
    },
  };
}

/** @param heapLimit megabytes of JavaScript objects that a thread may hold */
export function createPool(threads: number, heapLimit: number | undefined): Tinypool {
  return new Tinypool({
    filename: new URL("./thread-worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    ...(heapLimit === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapLimit } }),
  });
}
