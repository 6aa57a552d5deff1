import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Job, Queue } from "bullmq";
import { packageVersion } from "../../config/package.js";
import type { Executor, RunHooks } from "../executor.js";
import { writeWhole } from "../files.js";
import type { RunSpec } from "../run.js";
import type { RunStore } from "../store.js";
import { dropFiles, fetchFiles } from "./chunks.js";
import { jobId, jobOptions, queueName, type RunAnswer, type RunJob, runIdOf } from "./jobs.js";
import { findQueueServer } from "./redis.js";

export interface QueueOptions {
  readonly url: string;
  readonly store: RunStore;
  /** Seconds after which a run fails. */
  readonly timeLimit?: number;
  /** Milliseconds between two looks at all that is open: the server's messages can be missed. */
  readonly sweep?: number;
}

/**
 * Carries out runs by workers that take them from a queue. A run is delivered at least once; one that comes twice is
 * stored once, since equal ids mean equal contents.
 */
export function queueExecutor({ url, store, timeLimit, sweep = 10_000 }: QueueOptions): Executor {
  return {
    async run<Spec extends RunSpec>(runs: readonly Spec[], hooks: RunHooks<Spec> = {}) {
      if (runs.length === 0 || hooks.signal?.aborted) return new Map();
      const server = await findQueueServer(url);
      const connections = [server.connect(), server.connect()];
      const [redis, listening] = connections;
      const queue: Queue<RunJob, RunAnswer> = new server.bullmq.Queue(queueName, { connection: redis });
      const events = new server.bullmq.QueueEvents(queueName, { connection: listening });
      // Lost connections come back; errors of commands show where these are waited for.
      queue.on("error", () => {});
      events.on("error", () => {});
      const mark = `.queue-${randomUUID()}`;
      const open = new Map(runs.map((run) => [run.id, run]));
      const failures = new Map<Spec, Error>();
      let end: (error?: unknown) => void = () => {};
      const over = new Promise<void>((resolve, reject) => {
        end = (error) => (error === undefined ? resolve() : reject(error));
      });

      const settle = (run: Spec, error: Error | undefined, answer?: RunAnswer) => {
        if (!open.delete(run.id)) return;
        if (error !== undefined) failures.set(run, error);
        hooks.onFinished?.(run, error, answer?.summary);
        if (open.size === 0) end();
      };
      const add = (some: readonly Spec[]) =>
        queue.addBulk(
          some.map((run) => ({
            name: "run",
            data: { run: specOf(run), version: packageVersion, store: resolve(store.location), mark, timeLimit },
            opts: { ...jobOptions, jobId: jobId(run) },
          })),
        );
      /** Takes in a worker's answer; a run whose rows are not to be had any more is asked for again. */
      const takeIn = async (run: Spec, answer: RunAnswer | undefined) => {
        const files = answer?.chunks === undefined ? undefined : await fetchFiles(redis, answer.chunks);
        if (files !== undefined) await store.receive(run.id, files);
        if (answer?.chunks !== undefined) await dropFiles(redis, answer.chunks);
        if (await store.has(run.id)) return settle(run, undefined, answer);
        await queue.remove(jobId(run));
        await add([run]);
      };
      const look = async (run: Spec) => {
        if (await store.has(run.id)) return settle(run, undefined);
        const job: Job<RunJob, RunAnswer> | undefined = await queue.getJob(jobId(run));
        if (job === undefined) await add([run]);
        else if (await job.isCompleted()) await takeIn(run, job.returnvalue);
        else if (await job.isFailed()) settle(run, new Error(job.failedReason));
      };
      const guarded = (work: Promise<unknown>) => void work.catch(end);
      const heard = (id: string, react: (run: Spec) => void) => {
        const run = open.get(runIdOf(id));
        if (run !== undefined) react(run);
      };
      events.on("active", ({ jobId }) => heard(jobId, (run) => hooks.onProgress?.(run, 0)));
      events.on("progress", ({ jobId, data }) => heard(jobId, (run) => hooks.onProgress?.(run, Number(data))));
      events.on("completed", ({ jobId }) => heard(jobId, (run) => guarded(look(run))));
      events.on("failed", ({ jobId, failedReason }) => heard(jobId, (run) => settle(run, new Error(failedReason))));

      const abort = () => end();
      hooks.signal?.addEventListener("abort", abort);
      let timer: NodeJS.Timeout | undefined;
      try {
        await writeWhole(join(store.location, mark), "");
        await events.waitUntilReady();
        // What is left of an earlier attempt would stand in the way of this one.
        for (const run of runs) await removeEnded(queue, run);
        for (let start = 0; start < runs.length; start += 500) await add(runs.slice(start, start + 500));
        timer = setInterval(() => {
          for (const run of open.values()) guarded(look(run));
        }, sweep);
        await over;
        for (const run of open.values()) await queue.remove(jobId(run)).catch(() => {});
      } finally {
        clearInterval(timer);
        hooks.signal?.removeEventListener("abort", abort);
        await rm(join(store.location, mark), { force: true });
        await Promise.allSettled([queue.close(), events.close()]);
        for (const connection of connections) connection.disconnect();
      }
      return failures;
    },
  };
}

async function removeEnded(queue: Queue<RunJob, RunAnswer>, run: RunSpec): Promise<void> {
  const job: Job<RunJob, RunAnswer> | undefined = await queue.getJob(jobId(run));
  if (
    job !== undefined &&
    ((await job.isFailed()) || ((await job.isCompleted()) && job.returnvalue.chunks === undefined))
  ) {
    await job.remove();
  }
}

const specOf = ({ id, task, config, seed, engine, base }: RunSpec): RunSpec => ({
  id,
  task,
  config,
  seed,
  engine,
  base,
});
