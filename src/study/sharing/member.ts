import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { check } from "../../config/check.js";
import { InputError } from "../../config/input-error.js";
import { host, isAlive } from "../host.js";

/** A process that works on a study, as it introduces itself to others. */
export const memberSchema = z.object({
  host: z.string(),
  pid: z.int(),
  /** Of the program. */
  version: z.string(),
  engine: z.string(),
  /** The digest of the study as it was loaded, options included. */
  study: z.string(),
});
export type Member = z.output<typeof memberSchema>;

/** `host alpha, process 1234`, for messages. */
export const describeMember = ({ host, pid }: Pick<Member, "host" | "pid">): string => `host ${host}, process ${pid}`;

/** A member's file as it was found. */
export interface Sighting {
  readonly member: Member;
  /** When its heart last beat, in milliseconds of the file system's own clock. */
  readonly beat: number;
}

/** The text of a member's file, of which a heartbeat rewrites the first character. */
export const memberText = (member: Member): string => ` ${JSON.stringify(member)}\n`;

/** Writes a byte in place, which changes the time of the file, and of every hard link to it, by the file system's clock. */
export async function beatHeart(file: FileHandle): Promise<number> {
  await file.write(" ", 0);
  return (await file.stat()).mtimeMs;
}

/**
 * Reads a member's file, or a claim, which is a hard link to it; undefined where there is none.
 *
 * @throws InputError where it is something else
 */
export async function sight(file: string): Promise<Sighting | undefined> {
  // Opened rather than only looked up: network file systems then ask their server for the time.
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new InputError(`${file}: cannot be read (${error.code}); it says who works on the study`);
  });
  if (handle === undefined) return undefined;
  try {
    const { mtimeMs: beat } = await handle.stat();
    return { member: check(memberSchema, parse(await handle.readFile("utf8")), file), beat };
  } finally {
    await handle.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a member is at work: its process is there, as far as this host can see, and its heart has beaten within the
 * lease.
 *
 * @param now by the clock of the same file system: clocks of machines differ
 * @param lease in milliseconds
 */
export function isAtWork({ member, beat }: Sighting, now: number, lease: number): boolean {
  if (member.host === host && !isAlive(member.pid)) return false;
  return now - beat <= lease;
}
