import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandsIn } from "../../config/commands-in.js";
import { packageVersion } from "../../config/package.js";
import { modulesNamedIn } from "../../config/user-module.js";
import { runFolder } from "../folder-store.js";
import { host } from "../host.js";
import type { Summary } from "../task.js";
import { runBatch } from "../thread-batch.js";
import { createPool } from "../thread-executor.js";
import { sendFiles } from "./chunks.js";
import { lockDuration, queueName, type RunAnswer, type RunJob, stalledInterval } from "./jobs.js";
import { findQueueServer } from "./redis.js";

export interface QueueWorkerOptions {
  readonly url: string;
  /** URL of the module that exports the list `tasks`. */
  readonly registry: string;
  readonly jobs: number;
  /** Megabytes, see the thread executor's. */
  readonly heapLimit?: number;
  /** Whether it runs the code of modules that a run's configuration names; refused where left out. */
  readonly allowModules?: boolean;
  readonly signal: AbortSignal;
  /** Called when the server has been found. */
  readonly onReady: () => void;
  /** Called for each run that has ended here. */
  readonly onEnded: (id: string, error: Error | undefined) => void;
}

/**
 * Takes runs from a queue and carries them out in threads, until it is told to stop; it then finishes none, and gives back
 * what it has begun.
 */
export async function workOnQueue(options: QueueWorkerOptions): Promise<void> {
  const { url, registry, jobs, heapLimit, signal, onEnded } = options;
  const server = await findQueueServer(url);
  options.onReady();
  const connection = server.connect();
  const pool = createPool(jobs, heapLimit);
  const own = await mkdtemp(join(tmpdir(), "ringdown-worker-"));
  const worker = new server.bullmq.Worker<RunJob, RunAnswer>(
    queueName,
    async (job) => {
      const { run, version, store, mark, timeLimit } = job.data;
      if (version !== packageVersion) {
        throw new server.bullmq.UnrecoverableError(
          `the worker ${host} has ringdown ${packageVersion}, the study ringdown ${version}`,
        );
      }
      const names = [
        ...modulesNamedIn(run.config).map(({ module }) => `module ${module}`),
        ...commandsIn(run.config).map((command) => `program ${command.join(" ")}`),
      ];
      const [named] = options.allowModules ? [] : names;
      if (named !== undefined) {
        throw new server.bullmq.UnrecoverableError(
          `the run names the ${named}; the worker ${host} runs none without --allow-modules`,
        );
      }
      const shared = existsSync(join(store, mark));
      const target = runFolder(shared ? store : own);
      let failure: Error | undefined;
      let summary: Summary = {};
      const events = {
        onProgress: (_: unknown, fraction: number) => void job.updateProgress(fraction).catch(() => {}),
        onFinished(_: unknown, error: Error | undefined, found?: Summary) {
          failure = error;
          summary = found ?? {};
        },
      };
      await runBatch([run], { pool, job: { registry, store: target.location }, timeLimit, look: 1000 }, events);
      onEnded(run.id, failure);
      // The same run would fail in the same way again.
      if (failure !== undefined) throw new server.bullmq.UnrecoverableError(failure.message);
      if (shared) return { summary };
      const chunks = await sendFiles(connection, run.id, await target.files(run.id));
      await rm(join(own, run.id), { recursive: true, force: true });
      return { summary, chunks };
    },
    {
      connection: server.connect(),
      name: `${host}-${process.pid}`,
      concurrency: jobs,
      ...{ lockDuration, stalledInterval, maxStalledCount: 3 },
    },
  );
  worker.on("error", () => {});
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // Locks that are not renewed run out, and others take the runs over.
  await Promise.allSettled([worker.close(true), pool.destroy()]);
  connection.disconnect();
  await rm(own, { recursive: true, force: true });
}
