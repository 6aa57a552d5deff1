import { InputError } from "../../config/input-error.js";
import type { StudyRecord } from "../records.js";
import type { RunStore, StudyStore } from "../store.js";
import { differences } from "../verify.js";

/** A results folder, with its name for messages. */
export interface Part {
  readonly name: string;
  readonly store: StudyStore;
}

export interface MergeReport {
  readonly record: StudyRecord;
  readonly copied: number;
  /** Runs of the study that are in no part. */
  readonly missing: readonly string[];
  /** Runs that were not copied, or are not the same in two parts, with why. */
  readonly wrong: ReadonlyMap<string, string>;
}

/**
 * Brings the runs of several parts of one study together in the first of them, checked byte by byte, and writes the study's
 * record when all of its runs are there.
 *
 * @throws InputError when a part is of another study
 */
export async function merge(into: Part, from: readonly Part[]): Promise<MergeReport> {
  const record = await commonRecord([into, ...from]);
  await into.store.prepare();
  let copied = 0;
  const wrong = new Map<string, string>();
  for (const part of from) {
    for (const id of await part.store.runs.list()) {
      const problem = await bring(id, part.store.runs, into.store.runs);
      if (problem === "copied") copied++;
      else if (problem !== undefined) wrong.set(id, problem);
    }
  }
  const missing = [];
  for (const id of runsOf(record)) if (!(await into.store.runs.has(id))) missing.push(id);
  if (missing.length === 0) await into.store.put(record);
  else await into.store.putPlan(record);
  return { record, copied, missing, wrong };
}

export function runsOf({ experiments }: StudyRecord): string[] {
  return [...new Set(Object.values(experiments).flatMap(({ runs }) => runs.map(({ id }) => id)))];
}

/** The plan that all parts have; the first one may have none yet. */
async function commonRecord([into, ...from]: readonly Part[]): Promise<StudyRecord> {
  const target = await into.store.planOrRecord();
  let common = target === undefined ? undefined : { name: into.name, record: target };
  for (const { name, store } of from) {
    const record = await store.planOrRecord();
    if (record === undefined) throw new InputError(`${name}: expected a study's results folder, found no plan of one`);
    common ??= { name, record };
    if (record.sha256 !== common.record.sha256) {
      throw new InputError(`${name}: expected a part of the same study as ${common.name}, found another one's`);
    }
  }
  if (common !== undefined) return common.record;
  throw new InputError(`${into.name}: expected a study's results folder, found no plan of one`);
}

/** @returns why the run could not be brought; undefined where it is there already */
async function bring(id: string, from: RunStore, into: RunStore): Promise<"copied" | string | undefined> {
  const state = await from.inspect(id);
  if (state.kind !== "whole") return state.kind === "damaged" ? state.reason : undefined;
  if (await into.has(id)) {
    const found = differences(await into.record(id), await from.record(id));
    return found === "" ? undefined : `two parts have different ${found}`;
  }
  await into.receive(id, await from.files(id));
  return "copied";
}
