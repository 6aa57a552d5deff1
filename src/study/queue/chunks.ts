import type { Redis } from "ioredis";
import type { RunFiles } from "../store.js";
import type { RunAnswer } from "./jobs.js";

const chunkBytes = 512 * 1024;

/** Seconds for a coordinator to fetch what it was sent. */
const keptSeconds = 86_400;

/** Puts a run's files on the server, in pieces. */
export async function sendFiles(redis: Redis, id: string, files: RunFiles): Promise<NonNullable<RunAnswer["chunks"]>> {
  const sent: { file: string; keys: string[] }[] = [];
  for (const [file, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as Uint8Array);
    const keys: string[] = [];
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const key = `ringdown:${id}:${file}:${keys.length}`;
      await redis.set(key, bytes.subarray(start, start + chunkBytes), "EX", keptSeconds);
      keys.push(key);
    }
    sent.push({ file, keys });
  }
  return sent;
}

/** The files of a run; undefined where a piece is not there any more. */
export async function fetchFiles(
  redis: Redis,
  chunks: NonNullable<RunAnswer["chunks"]>,
): Promise<RunFiles | undefined> {
  const files: Record<string, Uint8Array> = {};
  for (const { file, keys } of chunks) {
    const pieces = await Promise.all(keys.map((key) => redis.getBuffer(key)));
    if (pieces.some((piece) => piece === null)) return undefined;
    files[file] = Buffer.concat(pieces as Buffer[]);
  }
  return files;
}

export async function dropFiles(redis: Redis, chunks: NonNullable<RunAnswer["chunks"]>): Promise<void> {
  const keys = chunks.flatMap(({ keys }) => keys);
  if (keys.length > 0) await redis.del(...keys);
}
