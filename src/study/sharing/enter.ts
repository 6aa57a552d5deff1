import { InputError } from "../../config/input-error.js";
import type { Claims } from "./claims.js";
import { describeMember, type Member } from "./member.js";
import { Membership, type MembershipOptions } from "./membership.js";

/** The name under which a study itself is claimed; those of runs are their ids. */
const studyClaim = "study";

export interface EnterOptions extends MembershipOptions {
  /** Whether to share the work of a process that is there already, rather than to be refused. */
  readonly join?: boolean;
}

/** A process's leave to work in a study's folder. */
export interface Entry {
  /** Left out where the file system makes no hard links; then no other process is let in. */
  readonly claims?: Claims;
  leave(): Promise<void>;
}

/**
 * Enters a study's folder: alone, or to share the work.
 *
 * @param work what this process works on; only what is the same can be shared
 * @throws InputError saying who is there
 */
export async function enterStudy(
  folder: string,
  work: Pick<Member, "version" | "engine" | "study">,
  { join = false, ...options }: EnterOptions = {},
): Promise<Entry> {
  const membership = await Membership.begin(folder, work, options);
  const leave = () => membership.leave();
  try {
    const others = await membership.others();
    const holder = await membership.holder(studyClaim).catch((error: NodeJS.ErrnoException) => {
      if (!linkless.has(error.code ?? "")) throw error;
      return "no links" as const;
    });
    const there = holder === "no links" ? others[0] : holder;
    if (!join && there !== undefined) {
      const share = "--join shares the work";
      throw new InputError(`${folder}: ${describeMember(there)} is running this study; ${share}`);
    }
    for (const other of others) refuseOtherWork(folder, work, other);
    if (holder !== "no links") return { claims: membership, leave };
    if (join) throw new InputError(`${folder}: this file system makes no hard links, which --join needs; see --shard`);
    return { leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** What file systems without hard links say. */
const linkless: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

function refuseOtherWork(folder: string, work: Pick<Member, "version" | "engine" | "study">, other: Member): void {
  const differences = [
    ["version", "ringdown"],
    ["engine", "the engine"],
  ] as const;
  const at = `${folder}: ${describeMember(other)}`;
  for (const [key, name] of differences) {
    if (work[key] !== other[key]) throw new InputError(`${at}: expected ${name} ${work[key]}, found ${other[key]}`);
  }
  if (work.study !== other.study) {
    throw new InputError(`${at} is running the study with other options or from another file; the work is not shared`);
  }
}
