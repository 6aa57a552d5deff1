import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Condition } from "./grid.js";
import { fromParquet } from "./parquet.js";
import { type RunRecord, runRecordSchema, runsFolder, studyRecordSchema } from "./store.js";
import type { Column, TableDeclaration } from "./tables.js";
import type { Outcome, Summary } from "./task.js";

/** A finished run as reports see it. */
export interface Run {
  readonly id: string;
  readonly task: string;
  readonly condition: Condition;
  readonly seed: number;
  readonly engine: string;
  readonly config: unknown;
  readonly outcome: Outcome;
  readonly summary: Summary;
  readonly parametersSha256: string;
  /** The names of its tables. */
  readonly tables: readonly string[];
  /** The columns of one of the run's tables, read from the disk at every call. */
  table(name: string): Promise<Record<string, Column>>;
}

export interface Experiment {
  readonly name: string;
  readonly task: string;
  /** Axis → the labels of its values, in the order written in the study file. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
  /** In the order of the conditions, the seeds of a condition side by side. */
  readonly runs: readonly Run[];
}

export interface Study {
  readonly name: string;
  readonly title: string;
  readonly experiments: Readonly<Record<string, Experiment>>;
}

/**
 * Reads a finished study from its results folder.
 *
 * @throws InputError when a file is missing or damaged, with what to do
 */
export async function readStudy(directory: string): Promise<Study> {
  const file = join(directory, "study.json");
  const record = await readRecord(studyRecordSchema, file, `is ${directory} the results folder of a finished study?`);
  const experiments: Record<string, Experiment> = {};
  for (const [name, { task, axes, seeds, runs }] of Object.entries(record.experiments)) {
    const read = runs.map(({ id, condition }) => readRun(join(runsFolder(directory), id), condition));
    experiments[name] = { name, task, axes, seeds, runs: await Promise.all(read) };
  }
  return { name: record.name, title: record.title, experiments };
}

/**
 * Reads a finished run from its own folder.
 *
 * @param condition the part that it has in a study; none for a run of its own
 * @throws InputError when a file is missing or damaged, with what to do
 */
export async function readRun(folder: string, condition: Condition = {}): Promise<Run> {
  const record = await readRecord(runRecordSchema, join(folder, "run.json"), advice);
  const { id, task, seed, engine, config, outcome, summary, parametersSha256 } = record;
  return {
    ...{ id, task, condition, seed, engine, config, outcome, parametersSha256 },
    summary: summary as Summary,
    tables: Object.keys(record.tables),
    table: (name) => readTable(folder, record, name),
  };
}

/**
 * The columns of one of a run's tables, typed by the task's declaration and checked against it, read from the disk.
 *
 * @param further columns that not every run has
 * @throws InputError when the run has no such table or column
 */
export async function tableOf<Name extends string, Further extends string = never>(
  run: Pick<Run, "id" | "table">,
  { name, columns }: TableDeclaration<Name>,
  ...further: readonly Further[]
): Promise<Record<Name | Further, Column>> {
  const found = await run.table(name);
  for (const wanted of [...Object.keys(columns), ...further]) {
    if (Object.hasOwn(found, wanted)) continue;
    throw new InputError(`run ${run.id}: ${name}: no column "${wanted}"${suggest(wanted, Object.keys(found))}`);
  }
  return found as Record<Name | Further, Column>;
}

const advice = "run the study again: only what is missing or damaged is computed";

async function readTable(folder: string, { tables }: RunRecord, name: string): Promise<Record<string, Column>> {
  const file = join(folder, `${name}.parquet`);
  const known = tables[name];
  if (known === undefined)
    throw new InputError(`${folder}: unknown table "${name}"${suggest(name, Object.keys(tables))}`);
  const bytes = await readFile(file).catch((error) => {
    throw unreadable(file, error, advice);
  });
  try {
    const columns = await fromParquet(bytes);
    for (const column of Object.keys(known.columns)) {
      if (columns[column]?.length !== known.rows) throw new Error(`column ${column} has not ${known.rows} rows`);
    }
    return columns;
  } catch (error) {
    throw new InputError(`${file}: damaged (${(error as Error).message}); delete its folder and ${advice}`);
  }
}

async function readRecord<T>(schema: z.ZodType<T>, file: string, help: string): Promise<T> {
  const text = await readFile(file, "utf8").catch((error) => {
    throw unreadable(file, error, help);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${file}: damaged (not JSON); ${advice}`);
  }
  return check(schema, value, file);
}

function unreadable(file: string, { code }: NodeJS.ErrnoException, help: string): InputError {
  return new InputError(
    `${file}: ${code === "ENOENT" ? "there is no such file" : `cannot be read (${code})`}; ${help}`,
  );
}
