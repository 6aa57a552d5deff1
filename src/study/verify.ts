import { packageVersion } from "../config/package.js";
import { RandomStream } from "../rng/random-stream.js";
import { canonicalJson } from "./canonical.js";
import type { Executor } from "./executor.js";
import type { RunRecord } from "./records.js";
import type { RunSpec } from "./run.js";
import type { RunState, RunStore } from "./store.js";

/** Runs that are inspected side by side: enough to hide the disk's latency, few enough for the memory. */
export const sideBySide = 16;

/** The state of each run, by id. */
export async function inspectAll(store: RunStore, ids: readonly string[]): Promise<Map<string, RunState>> {
  const states = new Map<string, RunState>();
  for (let start = 0; start < ids.length; start += sideBySide) {
    const inspected = ids.slice(start, start + sideBySide).map(async (id) => states.set(id, await store.inspect(id)));
    await Promise.all(inspected);
  }
  return states;
}

/** The outcome of carrying out stored runs once more. */
export interface Comparison {
  /** The runs that gave the same bytes again. */
  readonly same: readonly string[];
  /** The runs that did not, with what differs or why they failed. */
  readonly different: ReadonlyMap<string, string>;
}

/**
 * Carries out stored runs once more and compares what comes out: outcome, summary, and the SHA-256 of the parameters and
 * of each table.
 *
 * @param again an executor and the store that it fills, empty
 * @param base the folder that relative paths in the configurations start from
 */
export async function rerun(
  store: RunStore,
  ids: readonly string[],
  again: { readonly executor: Executor; readonly store: RunStore },
  base?: string,
): Promise<Comparison> {
  const records = await Promise.all(ids.map((id) => store.record(id)));
  const runs = records.map(({ id, task, config, seed, engine }): RunSpec => ({ id, task, config, seed, engine, base }));
  const failures = await again.executor.run(runs);
  const different = new Map<string, string>();
  for (const [index, run] of runs.entries()) {
    const failure = failures.get(run);
    const found = failure?.message ?? differences(records[index], await again.store.record(run.id));
    if (found !== "") different.set(run.id, found);
  }
  return { same: ids.filter((id) => !different.has(id)), different };
}

/** The parts in which two records of a run differ; versions of Node may. */
export function differences(before: RunRecord, after: RunRecord): string {
  const parts = ["outcome", "summary", "parametersSha256", "tables"] as const;
  return parts.filter((part) => canonicalJson(before[part]) !== canonicalJson(after[part])).join(", ");
}

/** The stored runs that this version of the program can carry out again: those that it made. */
export async function repeatable(store: RunStore, ids: readonly string[]): Promise<string[]> {
  const own = await Promise.all(ids.map(async (id) => (await store.record(id)).versions.ringdown === packageVersion));
  return ids.filter((_, index) => own[index]);
}

/**
 * So many of a list, drawn without replacement; all of them where there are no more.
 *
 * @param seed of the stream `verify`
 */
export function draw<T>(from: readonly T[], count: number, seed: number): T[] {
  const stream = new RandomStream(seed, "verify");
  const left = [...from];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(stream.integer(left.length), 1));
  return drawn;
}
