import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { z } from "zod";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { sha256 } from "./digest.js";
import { ensureWritable, removeTemporaries, writeFoldersWhole, writeWhole } from "./files.js";
import { runId, runIdPattern } from "./identity.js";
import { fromParquet, toParquet } from "./parquet.js";
import {
  isSealed,
  type RunRecord,
  recordText,
  runRecord,
  runRecordSchema,
  type StudyRecord,
  studyRecordSchema,
} from "./records.js";
import type { FinishedRun, Run, RunSpec } from "./run.js";
import type { RunFiles, RunStore, StudyStore } from "./store.js";
import type { Column } from "./tables.js";
import type { Summary } from "./task.js";

/** A study in a folder: `study.json`, until that is there `plan.json`, and its runs in `runs/`. */
export function studyFolder(folder: string): StudyStore {
  const file = join(folder, "study.json");
  const plan = join(folder, "plan.json");
  const runs = runFolder(join(folder, "runs"));
  return {
    runs,
    async prepare() {
      await ensureWritable(folder);
      await runs.prepare();
    },
    putPlan: (record) => writeWhole(plan, recordText(record)),
    async put(record) {
      await writeWhole(file, recordText(record));
      await rm(plan, { force: true });
    },
    async planOrRecord() {
      const found = [plan, file].find((one) => existsSync(one));
      return found === undefined ? undefined : readRecord(studyRecordSchema, found, advice);
    },
    get: () => readRecord(studyRecordSchema, file, `is ${folder} the results folder of a finished study?`),
  };
}

/** Runs in a folder, each a folder `<id>/` with `run.json` and a Parquet file a table, which appears whole or not at all. */
export function runFolder(folder: string): RunStore {
  return {
    location: folder,
    prepare: () => ensureWritable(folder),
    has: async (id) => existsSync(join(folder, id)),
    async inspect(id) {
      const run = join(folder, id);
      if (!existsSync(run)) return { kind: "missing" };
      try {
        const record = await readRunRecord(run);
        for (const name of Object.keys(record.tables)) await readTableFile(run, record, name);
        return { kind: "whole" };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return { kind: "damaged", reason: error instanceof DamageError ? error.reason : error.message };
      }
    },
    put: (...runs) =>
      writeFoldersWhole(
        runs.map(({ run, finished }) => ({ folder: join(folder, run.id), files: runFiles(run, finished) })),
      ),
    async files(id) {
      const names = (await readdir(join(folder, id))).sort();
      const read = names.map(async (name) => [name, await readFile(join(folder, id, name))]);
      return Object.fromEntries(await Promise.all(read));
    },
    receive: (id, files) => writeFoldersWhole([{ folder: join(folder, id), files }]),
    record: (id) => readRunRecord(join(folder, id)),
    get: (id) => readRun(join(folder, id)),
    async list() {
      const names = await readdir(folder).catch(() => []);
      return names.filter((name) => runIdPattern.test(name)).sort();
    },
    setAside: (id) => moveInto(join(folder, ".damaged"), join(folder, id)),
    sweep: () => removeTemporaries(folder),
  };
}

/** The files of a finished run: a Parquet file a table, and `run.json`. */
export function runFiles(run: RunSpec, finished: FinishedRun): RunFiles {
  const tables = Object.fromEntries(finished.tables.map((table) => [table.name, toParquet(table)]));
  return {
    ...Object.fromEntries(Object.entries(tables).map(([name, bytes]) => [`${name}.parquet`, bytes])),
    "run.json": recordText(runRecord(run, finished, tables)),
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
  const { tables, versions, summary, sha256, ...shared } = record;
  return {
    ...shared,
    condition: {},
    version: versions.ringdown,
    summary: summary as Summary,
    tables: Object.keys(tables),
    table: (name, columns) => readTable(folder, record, name, columns),
  };
}

const advice = "run the study again: only what is missing or damaged is computed";

async function readRunRecord(folder: string): Promise<RunRecord> {
  const file = join(folder, "run.json");
  const record = await readRecord(runRecordSchema, file, advice);
  const place = basename(resolve(folder));
  if (record.id !== place) throw damaged(file, `it is the record of the run ${record.id}`);
  if (runId(record, record.versions.ringdown) !== record.id) throw damaged(file, "its id is not that of its content");
  return record;
}

async function readTable(
  folder: string,
  record: RunRecord,
  name: string,
  wanted?: readonly string[],
): Promise<Record<string, Column>> {
  const bytes = await readTableFile(folder, record, name);
  const { columns: types, rows } = record.tables[name];
  const names = Object.keys(types).filter((column) => wanted?.includes(column) ?? true);
  const columns = await fromParquet(bytes, names);
  for (const column of names) {
    const found = columns[column]?.length ?? 0;
    if (found === rows) continue;
    throw damaged(join(folder, `${name}.parquet`), `column ${column}: expected ${rows} rows, found ${found}`);
  }
  return columns;
}

async function readTableFile(folder: string, { tables }: RunRecord, name: string): Promise<Uint8Array> {
  const file = join(folder, `${name}.parquet`);
  if (!Object.hasOwn(tables, name)) {
    throw new InputError(`${folder}: unknown table "${name}"${suggest(name, Object.keys(tables))}`);
  }
  const bytes = readAll(file, advice);
  if (sha256(bytes) !== tables[name].sha256) throw damaged(file, "its SHA-256 is not the one in run.json");
  return bytes;
}

async function readRecord<T extends RunRecord | StudyRecord>(
  schema: z.ZodType<T>,
  file: string,
  help: string,
): Promise<T> {
  const text = readAll(file, help);
  let value: unknown;
  try {
    value = JSON.parse(text.toString("utf8"));
  } catch {
    throw damaged(file, "not JSON");
  }
  const record = check(schema, value, file);
  if (!isSealed(record)) throw damaged(file, "its content has another SHA-256 than when it was written");
  return record;
}

/** Most files are small, and are read in a tenth of the time that it takes to wait for them. */
function readAll(file: string, help: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException, help);
  }
}

/** A file that is not as it was written. */
class DamageError extends InputError {
  /** The message without advice, for a caller that knows what to do. */
  readonly reason: string;

  constructor(file: string, reason: string, message: string) {
    super(`${file}: ${message}`);
    this.reason = `${file}: ${reason}`;
  }
}

const damaged = (file: string, reason: string) => new DamageError(file, reason, `damaged (${reason}); ${advice}`);

function unreadable(file: string, { code }: NodeJS.ErrnoException, help: string): DamageError {
  const reason = reasons[code ?? ""] ?? `cannot be read (${code})`;
  return new DamageError(file, reason, `${reason}; ${help}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a file is where a folder of its path should be",
};

/** Moves a folder into another one, under a name that is free there; undefined where it is gone. */
async function moveInto(parent: string, folder: string): Promise<string | undefined> {
  await mkdir(parent).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const taken = new Set(await readdir(parent));
  const name = basename(folder);
  let free = name;
  for (let copy = 2; taken.has(free); copy++) free = `${name}-${copy}`;
  try {
    await rename(folder, join(parent, free));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return join(parent, free);
}
