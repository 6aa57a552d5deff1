import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Tinypool } from "tinypool";
import type { RunHooks } from "./executor.js";
import type { RunSpec } from "./run.js";
import type { Summary } from "./task.js";
import type { Job, News, Signs } from "./thread-worker.js";

/** A thread gets so many runs at most at a time. */
export const mostAtOnce = 64;

/** Milliseconds after which a thread hands back the runs of its batch that it has not begun: others may be idle. */
const batchMilliseconds = 100;

/** For the error of a thread, which says more than that its port has closed, to arrive. */
const headStartMilliseconds = 1000;

export interface BatchOptions {
  readonly pool: Pick<Tinypool, "run">;
  readonly job: Pick<Job, "registry" | "store">;
  /** Seconds a run. */
  readonly timeLimit?: number;
  /** Milliseconds between two looks at how far a run is. */
  readonly look?: number;
}

/**
 * Carries out runs one after the other in one thread. Where the thread dies, the run that it was at has failed.
 *
 * @returns the runs that the thread has not done, and whether it was recalled because the batch took long
 */
export async function runBatch<Spec extends RunSpec>(
  runs: readonly Spec[],
  { pool, job, timeLimit, look = 100 }: BatchOptions,
  { onProgress, onFinished }: RunHooks<Spec>,
): Promise<{ readonly left: Spec[]; readonly recalled: boolean }> {
  const { port1: port, port2 } = new MessageChannel();
  const signs: Signs = {
    proceed: new Int32Array(new SharedArrayBuffer(4)).fill(1),
    fraction: new Float64Array(new SharedArrayBuffer(8)),
  };
  const stopped = new AbortController();
  const open = new Set(runs);
  let current: Spec | undefined;
  let limit: NodeJS.Timeout | undefined;
  const limitTime = () => {
    clearTimeout(limit);
    if (timeLimit === undefined) return;
    const reason = new Error(`it took longer than the time limit of ${timeLimit} s`);
    limit = setTimeout(() => stopped.abort(reason), 1000 * timeLimit);
  };
  const ended = (run: Spec, error: Error | undefined, summary?: Summary) => {
    if (current === run) current = undefined;
    open.delete(run);
    onFinished?.(run, error, summary);
  };
  port.on("message", (news: News) => {
    if (news.kind === "over") return;
    if (news.kind === "stored") {
      for (const { index, summary } of news.runs) ended(runs[index], undefined, summary);
      return;
    }
    const run = runs[news.index];
    if (news.kind === "failed") return ended(run, news.error);
    // The one before is done, and perhaps not stored yet.
    if (current !== undefined) onProgress?.(current, 1);
    current = run;
    limitTime();
    onProgress?.(run, 0);
  });
  const looking = setInterval(() => {
    if (current !== undefined) onProgress?.(current, signs.fraction[0]);
  }, look);
  const recall = setTimeout(() => Atomics.store(signs.proceed, 0, 0), batchMilliseconds);
  const error = await answerOf(pool, { ...job, runs, signs, port: port2 }, port, stopped);
  clearTimeout(limit);
  clearTimeout(recall);
  clearInterval(looking);
  port.close();
  // A thread may also end when it has stored all of its runs, and before it says so.
  const culprit = current ?? [...open][0];
  if (error !== undefined && culprit !== undefined) {
    open.delete(culprit);
    onFinished?.(culprit, error);
  }
  return { left: [...open], recalled: signs.proceed[0] === 0 };
}

/**
 * Waits for a thread to have done its job, and for all that it tells.
 *
 * A thread that exits without an error, because something in it called `process.exit`, answers nothing. But the port
 * that it held closes, and then the abort makes the pool replace the thread.
 */
async function answerOf(
  pool: Pick<Tinypool, "run">,
  job: Job,
  port: MessagePort,
  stopped: AbortController,
): Promise<Error | undefined> {
  const closed = once(port, "close");
  const over = new Promise<void>((resolve) => {
    port.on("message", ({ kind }: News) => kind === "over" && resolve());
  });
  let answered = false;
  void closed.then(async () => {
    await pause(headStartMilliseconds);
    if (!answered) stopped.abort(new Error("its worker thread ended without a word"));
  });
  const error = await pool.run(job, { transferList: [job.port], signal: stopped.signal }).then(
    () => undefined,
    (error: Error) => (stopped.signal.aborted ? (stopped.signal.reason as Error) : error),
  );
  answered = true;
  // Of a thread that died, the port closes after its last word; a job that no thread has begun closes none.
  await (error === undefined ? over : Promise.race([closed, pause(headStartMilliseconds)]));
  return error;
}
