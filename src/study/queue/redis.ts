import type { Redis } from "ioredis";
import { InputError } from "../../config/input-error.js";

/** The packages of the queue, optional peers, loaded when one is named. */
export interface QueuePackages {
  readonly bullmq: typeof import("bullmq");
  readonly Redis: typeof Redis;
}

export const queuePackages = "bullmq@6.7.0 ioredis@6.0.0";

/** @throws InputError saying what to install */
export async function loadQueuePackages(): Promise<QueuePackages> {
  try {
    const [bullmq, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, Redis: ioredis.Redis };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new InputError(`--queue: its packages are not installed; install them: npm install ${queuePackages}`);
  }
}

/** Connects to a Redis or Valkey. */
export interface QueueServer extends QueuePackages {
  readonly connect: () => Redis;
}

/**
 * Finds the server and whether it keeps what it is given.
 *
 * @param url `redis://user:password@host:port/database`, `rediss://` over TLS
 * @throws InputError saying what is wrong with it, without its password
 */
export async function findQueueServer(url: string): Promise<QueueServer> {
  const at = `--queue: ${withoutPassword(url)}`;
  const packages = await loadQueuePackages();
  const probe = new packages.Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5000 });
  let reason = "";
  probe.on("error", (error: Error) => {
    reason = error.message;
  });
  try {
    await probe.connect();
    const policy = (await probe.info("memory")).match(/^maxmemory_policy:(\S+)/m)?.[1] ?? "unknown";
    if (policy !== "noeviction") {
      throw new InputError(`${at}: expected the maxmemory-policy noeviction, found ${policy}; jobs would be dropped`);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${at}: no Redis answers there: ${reason === "" ? (error as Error).message : reason}`);
  } finally {
    probe.disconnect();
  }
  // A connection that is lost is sought again for as long as it takes; who uses it hears of errors by what fails.
  const connect = () => new packages.Redis(url, { maxRetriesPerRequest: null }).on("error", () => {});
  return { ...packages, connect };
}

/** @throws InputError where it is no URL of a Redis */
export function withoutPassword(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^rediss?:$/.test(parsed.protocol)) {
    throw new InputError(
      `--queue: expected redis://host:port or rediss://host:port, found "${url.replace(/:[^:@/]*@/, ":***@")}"`,
    );
  }
  if (parsed.password !== "") parsed.password = "***";
  return parsed.href;
}
