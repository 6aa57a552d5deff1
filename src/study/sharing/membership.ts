import { randomUUID } from "node:crypto";
import { linkSync, rmSync } from "node:fs";
import { type FileHandle, open, readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../../config/input-error.js";
import { removeTemporaries, writeWhole } from "../files.js";
import { host } from "../host.js";
import type { Claims } from "./claims.js";
import { beatHeart, isAtWork, type Member, memberText, type Sighting, sight } from "./member.js";

export interface MembershipOptions {
  /** Milliseconds between two heartbeats. */
  readonly heartbeat?: number;
  /** Milliseconds without a heartbeat after which a process counts as dead; longer than network file systems cache. */
  readonly lease?: number;
}

/**
 * A process's place among those that share a study's folder. While it lasts, `.running` holds its file, whose time is its
 * heartbeat. What it claims is a hard link to this file: made by one process only, and as old as the heartbeat. A claim of
 * the dead is not touched; who takes it over makes the link of the next number, again alone.
 */
export class Membership implements Claims {
  readonly #folder: string;
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #lease: number;
  readonly #timer: NodeJS.Timeout;
  /** Claimed name → the number of the link. */
  readonly #claimed = new Map<string, number>();

  private constructor(file: string, handle: FileHandle, { heartbeat = 5_000, lease = 60_000 }: MembershipOptions) {
    this.#folder = dirname(file);
    this.#file = file;
    this.#handle = handle;
    this.#lease = lease;
    // A heartbeat that fails, as while a network is away, is made up for by the next one; else others take over.
    this.#timer = setInterval(() => void beatHeart(handle).catch(() => {}), heartbeat);
    this.#timer.unref();
  }

  /** @param folder the study's */
  static async begin(
    folder: string,
    work: Omit<Member, "host" | "pid">,
    options: MembershipOptions = {},
  ): Promise<Membership> {
    const member = { host, pid: process.pid, ...work };
    const file = join(runningFolder(folder), `${memberPrefix}${host}-${process.pid}-${randomUUID().slice(0, 8)}`);
    await writeWhole(file, memberText(member));
    return new Membership(file, await open(file, "r+"), options);
  }

  /** The other processes at work. */
  async others(): Promise<Member[]> {
    const files = (await readdir(this.#folder)).filter((name) => name.startsWith(memberPrefix));
    const now = await beatHeart(this.#handle);
    const sightings = files.map(async (name): Promise<Member[]> => {
      const file = join(this.#folder, name);
      const found = file === this.#file ? undefined : await sight(file);
      return found !== undefined && isAtWork(found, now, this.#lease) ? [found.member] : [];
    });
    return (await Promise.all(sightings)).flat();
  }

  /**
   * Claims a name.
   *
   * @returns the process that has it; undefined where it is ours now
   * @throws Error with the code of the file system where it makes no hard links
   */
  async holder(name: string): Promise<Member | undefined> {
    for (let number = 1; ; ) {
      const claim = this.#claim(name, number);
      try {
        // Synchronous: a link waits for nobody, and a claim is made for every run.
        linkSync(this.#file, claim);
        this.#claimed.set(name, number);
        return undefined;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ENOENT") throw new InputError(`${dirname(this.#folder)}: was removed while the study ran`);
        if (code !== "EEXIST") throw error;
      }
      const found = await sight(claim);
      // Released in between: it can be tried again.
      if (found === undefined) continue;
      if (await this.#isAtWork(found)) return found.member;
      number++;
    }
  }

  async claim(name: string): Promise<boolean> {
    return (await this.holder(name)) === undefined;
  }

  async release(name: string): Promise<void> {
    const last = this.#claimed.get(name) ?? 0;
    this.#claimed.delete(name);
    // From the oldest: the one in force is there until all are gone.
    for (let number = 1; number <= last; number++) rmSync(this.#claim(name, number), { force: true });
  }

  /** Gives back all claims. The last one to leave removes what the dead left. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    try {
      for (const name of [...this.#claimed.keys()]) await this.release(name);
      if ((await this.others()).length === 0) await this.#sweep();
      await rm(this.#file, { force: true });
      await rmdir(this.#folder);
    } catch {
      // What cannot be removed, or is gone, is left to who leaves next; others leave later.
    } finally {
      await this.#handle.close();
    }
  }

  async #sweep(): Promise<void> {
    await removeTemporaries(this.#folder);
    for (const name of await readdir(this.#folder)) {
      const file = join(this.#folder, name);
      const found = await sight(file);
      if (found !== undefined && !(await this.#isAtWork(found))) await rm(file, { force: true });
    }
  }

  async #isAtWork(found: Sighting): Promise<boolean> {
    return isAtWork(found, await beatHeart(this.#handle), this.#lease);
  }

  #claim(name: string, number: number): string {
    return join(this.#folder, `${claimPrefix}${name}.${number}`);
  }
}

const memberPrefix = "member-";
const claimPrefix = "claim-";

const runningFolder = (study: string) => join(study, ".running");

/** The processes that have a file in a study's folder, and what each of them has claimed, by its file's text. */
export async function sightings(folder: string): Promise<{ readonly member: Sighting; readonly claims: string[] }[]> {
  const running = runningFolder(folder);
  const names = (await readdir(running).catch(() => [])).sort();
  const found = new Map<string, { member: Sighting; claims: string[] }>();
  for (const name of names.toReversed()) {
    const member = await sight(join(running, name));
    if (member === undefined) continue;
    const key = JSON.stringify(member.member);
    const entry = found.get(key) ?? { member, claims: [] };
    found.set(key, entry);
    const [, claimed] = name.match(/^claim-(.+)\.\d+$/) ?? [];
    if (claimed !== undefined) entry.claims.unshift(claimed);
  }
  return [...found.values()];
}
