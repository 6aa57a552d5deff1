import { MessageChannel } from "node:worker_threads";
import { Tinypool } from "tinypool";
import type { RunSpec } from "./grid.js";
import type { Job } from "./worker.js";

export interface PoolOptions {
  /** URL of the module whose `tasks` the workers run. */
  readonly registry: string;
  /** The folder that holds the study's runs. */
  readonly folder: string;
  /** Number of worker threads. It decides when a run is done, never what comes out. */
  readonly jobs: number;
  /** Ends the workers, in the middle of their runs. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (run: RunSpec, share: number) => void;
  readonly onFinished?: (run: RunSpec, error: Error | undefined) => void;
}

/**
 * Runs all runs in worker threads. A run that throws is a failed run, the others go on; a worker that dies takes only
 * its run with it.
 *
 * @returns what each failed run threw, in the order of the runs; runs that an abort kept from finishing are in neither camp
 */
export async function runPool<R extends RunSpec>(runs: readonly R[], options: PoolOptions): Promise<Map<R, Error>> {
  const { signal } = options;
  const failures = new Map<R, Error>();
  if (runs.length === 0 || signal?.aborted) return failures;
  const threads = Math.min(options.jobs, runs.length);
  const pool = new Tinypool({
    filename: new URL("./worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  const stop = () => void pool.destroy();
  signal?.addEventListener("abort", stop);
  const attempt = async (run: R) => {
    const error = await runInPool(pool, run, options);
    if (signal?.aborted) return;
    if (error !== undefined) failures.set(run, error);
    options.onFinished?.(run, error);
  };
  await Promise.all(runs.map(attempt));
  signal?.removeEventListener("abort", stop);
  await pool.destroy();
  return new Map([...runs].flatMap((run) => (failures.has(run) ? [[run, failures.get(run) as Error]] : [])));
}

/**
 * A thread that exits without an error, because something in it called `process.exit`, answers nothing. But the port
 * that it held closes, and then the abort makes the pool replace the thread.
 */
async function runInPool(pool: Tinypool, run: RunSpec, options: PoolOptions): Promise<Error | undefined> {
  const { port1, port2 } = new MessageChannel();
  const gone = new AbortController();
  let answered = false;
  port1.on("message", (share: number) => options.onProgress?.(run, share));
  port1.on("close", () => {
    // A thread that ends with an error closes its port as well, and its error says more: it gets a head start.
    if (!answered) setTimeout(() => gone.abort(), headStartMilliseconds);
  });
  const { id, task, config, seed, engine } = run;
  const { registry, folder } = options;
  const job: Job = {
    run: { id, task, config, seed, engine, folder: run.folder },
    registry,
    folder,
    progress: port2,
  };
  try {
    await pool.run(job, { transferList: [port2], signal: gone.signal });
    return undefined;
  } catch (error) {
    return gone.signal.aborted ? new Error("its worker thread ended without a word") : (error as Error);
  } finally {
    answered = true;
    port1.close();
  }
}

const headStartMilliseconds = 200;
