import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { packageVersion } from "../config/package.js";
import { sorted } from "./canonical.js";
import { writeFolderWhole, writeWhole } from "./files.js";
import type { PlannedStudy, RunSpec } from "./grid.js";
import { toParquet } from "./parquet.js";
import type { FinishedRun } from "./run.js";

/** `run.json`: everything about a run but its rows. It does not say which experiment asked: several may share a run. */
export const runRecordSchema = z.strictObject({
  id: z.string(),
  task: z.string(),
  config: z.unknown(),
  seed: z.int(),
  engine: z.string(),
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("completed") }),
    z.strictObject({ kind: z.literal("diverged"), step: z.number(), reason: z.string() }),
  ]),
  summary: z.record(z.string(), z.unknown()),
  parametersSha256: z.string(),
  tables: z.record(z.string(), z.strictObject({ rows: z.int(), columns: z.record(z.string(), z.string()) })),
  versions: z.strictObject({ ringdown: z.string(), node: z.string() }),
});
export type RunRecord = z.output<typeof runRecordSchema>;

/** `study.json`: which runs belong to which condition. Written when all runs are there. */
export const studyRecordSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  experiments: z.record(
    z.string(),
    z.strictObject({
      task: z.string(),
      axes: z.record(z.string(), z.array(z.string())),
      seeds: z.array(z.int()),
      runs: z.array(z.strictObject({ id: z.string(), condition: z.record(z.string(), z.string()), seed: z.int() })),
    }),
  ),
});
export type StudyRecord = z.output<typeof studyRecordSchema>;

export const runsFolder = (studyFolder: string): string => join(studyFolder, "runs");

/** Writes `<folder>/<id>/run.json` and a Parquet file for each table; the folder appears whole or not at all. */
export async function writeRun(folder: string, run: RunSpec, finished: FinishedRun): Promise<string> {
  const { id, task, config, seed, engine } = run;
  const { outcome, summary, parametersSha256, tables } = finished;
  const record = {
    id,
    task,
    seed,
    engine,
    config: sorted(config),
    outcome,
    summary,
    parametersSha256,
    tables: Object.fromEntries(tables.map(({ name, rows, types }) => [name, { rows, columns: types }])),
    versions: { ringdown: packageVersion, node: process.versions.node },
  };
  const target = join(folder, id);
  await writeFolderWhole(target, {
    ...Object.fromEntries(tables.map((table) => [`${table.name}.parquet`, toParquet(table)])),
    "run.json": toJson(record),
  });
  return target;
}

/** Whether the run is in the folder with all its files. */
export async function hasRun(folder: string, id: string): Promise<boolean> {
  const target = join(folder, id);
  try {
    const record = runRecordSchema.parse(JSON.parse(await readFile(join(target, "run.json"), "utf8")));
    return record.id === id && Object.keys(record.tables).every((name) => existsSync(join(target, `${name}.parquet`)));
  } catch {
    return false;
  }
}

/** Removes a run, so that it can be written anew. */
export async function removeRun(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { recursive: true, force: true });
}

/** Writes `study.json`, whole or not at all. */
export async function writeStudy(folder: string, study: PlannedStudy): Promise<void> {
  const experiments = study.experiments.map(({ name, task, axes, seeds, runs }) => [
    name,
    { task, axes, seeds, runs: runs.map(({ id, condition, seed }) => ({ id, condition, seed })) },
  ]);
  const { name, title } = study;
  await writeWhole(join(folder, "study.json"), toJson({ name, title, experiments: Object.fromEntries(experiments) }));
}

/** Numbers that JSON has no word for become null. */
function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
