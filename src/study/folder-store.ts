import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { ensureWritable, removeTemporaries, writeFolderWhole, writeWhole } from "./files.js";
import { fromParquet, toParquet } from "./parquet.js";
import { type RunRecord, recordText, runRecord, runRecordSchema, studyRecordSchema } from "./records.js";
import type { Run } from "./run.js";
import type { RunStore, StudyStore } from "./store.js";
import type { Column } from "./tables.js";
import type { Summary } from "./task.js";

/** A study in a folder: `study.json`, and its runs in `runs/`. */
export function studyFolder(folder: string): StudyStore {
  const file = join(folder, "study.json");
  const runs = runFolder(join(folder, "runs"));
  return {
    runs,
    async prepare() {
      await ensureWritable(folder);
      await runs.prepare();
    },
    put: (record) => writeWhole(file, recordText(record)),
    get: () => readRecord(studyRecordSchema, file, `is ${folder} the results folder of a finished study?`),
  };
}

/** Runs in a folder, each a folder `<id>/` with `run.json` and a Parquet file a table, which appears whole or not at all. */
export function runFolder(folder: string): RunStore {
  return {
    location: folder,
    prepare: () => ensureWritable(folder),
    async has(id) {
      try {
        const record = await readRunRecord(join(folder, id));
        const tables = Object.keys(record.tables).map((name) => join(folder, id, `${name}.parquet`));
        return record.id === id && tables.every((file) => existsSync(file));
      } catch (error) {
        if (error instanceof InputError) return false;
        throw error;
      }
    },
    put: (run, finished) =>
      writeFolderWhole(join(folder, run.id), {
        ...Object.fromEntries(finished.tables.map((table) => [`${table.name}.parquet`, toParquet(table)])),
        "run.json": recordText(runRecord(run, finished)),
      }),
    get: (id) => readRun(join(folder, id)),
    async list() {
      const names = await readdir(folder).catch(() => []);
      return names.filter((name) => existsSync(join(folder, name, "run.json"))).sort();
    },
    remove: (id) => rm(join(folder, id), { recursive: true, force: true }),
    sweep: () => removeTemporaries(folder),
  };
}

/** Opens the store of a {@link RunStore.location}. */
export function openRunStore(location: string): RunStore {
  return runFolder(location);
}

/**
 * Reads a finished run from its own folder.
 *
 * @throws InputError when a file is missing or damaged, with what to do
 */
export async function readRun(folder: string): Promise<Run> {
  const record = await readRunRecord(folder);
  const { tables, versions, summary, ...shared } = record;
  return {
    ...shared,
    condition: {},
    summary: summary as Summary,
    tables: Object.keys(tables),
    table: (name) => readTable(folder, record, name),
  };
}

const advice = "run the study again: only what is missing or damaged is computed";

const readRunRecord = (folder: string) => readRecord(runRecordSchema, join(folder, "run.json"), advice);

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
