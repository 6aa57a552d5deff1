import { queueName, runIdOf } from "./jobs.js";
import { findQueueServer } from "./redis.js";

export interface QueueStatus {
  /** Runs that wait for a worker. */
  readonly waiting: number;
  readonly active: readonly { readonly run: string; readonly worker: string }[];
}

/** What waits on a queue, and which worker, by host and process, is at which run. */
export async function queueStatus(url: string): Promise<QueueStatus> {
  const server = await findQueueServer(url);
  const connection = server.connect();
  const queue = new server.bullmq.Queue(queueName, { connection });
  queue.on("error", () => {});
  try {
    const [waiting, jobs] = await Promise.all([queue.getWaitingCount(), queue.getActive()]);
    const active = jobs.map(({ id = "", processedBy = "unknown" }) => ({ run: runIdOf(id), worker: processedBy }));
    return { waiting, active };
  } finally {
    await queue.close();
    connection.disconnect();
  }
}
