import { z } from "zod";
import { packageVersion } from "../config/package.js";
import { sorted } from "./canonical.js";
import type { TunedStudy } from "./grid.js";
import type { FinishedRun, RunSpec } from "./run.js";
import { tuningSchema } from "./tuning/record.js";

/** `run.json`: everything about a run but its rows. It does not say which experiment asked: several may share a run. */
export const runRecordSchema = z.strictObject({
  id: z.string(),
  task: z.string(),
  seed: z.int(),
  engine: z.string(),
  config: z.unknown(),
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

/** `study.json`: which runs belong to which condition. Written when all runs are stored. */
export const studyRecordSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  experiments: z.record(
    z.string(),
    z.strictObject({
      task: z.string(),
      axes: z.record(z.string(), z.array(z.string())),
      seeds: z.array(z.int()),
      tuning: tuningSchema.optional(),
      runs: z.array(z.strictObject({ id: z.string(), condition: z.record(z.string(), z.string()), seed: z.int() })),
    }),
  ),
});
export type StudyRecord = z.output<typeof studyRecordSchema>;

export function runRecord({ id, task, seed, engine, config }: RunSpec, finished: FinishedRun): RunRecord {
  const { outcome, summary, parametersSha256, tables } = finished;
  return {
    ...{ id, task, seed, engine },
    config: sorted(config),
    ...{ outcome, summary, parametersSha256 },
    tables: Object.fromEntries(tables.map(({ name, rows, types }) => [name, { rows, columns: types }])),
    versions: { ringdown: packageVersion, node: process.versions.node },
  };
}

export function studyRecord({ name, title, experiments }: TunedStudy): StudyRecord {
  const recorded = experiments.map(({ name, task, axes, seeds, tuning, runs }) => [
    name,
    { task, axes, seeds, tuning, runs: runs.map(({ id, condition, seed }) => ({ id, condition, seed })) },
  ]);
  return { name, title, experiments: Object.fromEntries(recorded) };
}

/** A record as it is stored: indented JSON. Numbers that JSON has no word for become null. */
export function recordText(record: RunRecord | StudyRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
