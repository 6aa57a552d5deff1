import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";
import { operations } from "./gan-step.js";
import type { Steps } from "./gan-worker.js";
import { measure, type Row, type Subject } from "./measure.js";

const step = { hidden: 64, batch: 256 };
const [jobs, count] = [16, 30];

/**
 * The gain of worker threads: the same number of steps of independent GANs on one thread and shared among as many
 * as there are cores, at most 8, which take one short job after the other. Threads and games are there already: a study
 * starts them once for all of its runs.
 */
export async function workerSteps(engine: string): Promise<Row[]> {
  const most = Math.min(availableParallelism(), 8);
  const pools: Tinypool[] = [];
  const subjects = [...new Set([1, most])].map((threads): Subject => {
    const pool = new Tinypool({
      filename: new URL("./gan-worker.js", import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
    });
    pools.push(pool);
    const job: Steps = { step, engine, count };
    return {
      name: `${jobs * count} GAN steps, hidden ${step.hidden}, shared by worker threads, ${engine}`,
      engine,
      variant: threads === 1 ? "1 worker" : `${threads} workers`,
      operations: operations(step) * jobs * count,
      run: async () => void (await Promise.all(Array.from({ length: jobs }, () => pool.run(job)))),
    };
  });
  try {
    return await measure(subjects, 15);
  } finally {
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}
