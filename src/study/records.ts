import { z } from "zod";
import { packageVersion } from "../config/package.js";
import { canonicalJson, sorted } from "./canonical.js";
import { sha256 } from "./digest.js";
import type { TunedStudy } from "./grid.js";
import { runIdPattern } from "./identity.js";
import type { FinishedRun, RunSpec } from "./run.js";
import { nameSchema } from "./schema.js";
import { tuningSchema } from "./tuning/record.js";

const idSchema = z.string().regex(runIdPattern, "expected the 16 hexadecimal digits of a run's id");
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "expected the 64 hexadecimal digits of a SHA-256");

/** `run.json`: everything about a run but its rows. It does not say which experiment asked: several may share a run. */
export const runRecordSchema = z.strictObject({
  id: idSchema,
  task: z.string(),
  seed: z.int(),
  engine: z.string(),
  config: z.unknown(),
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("completed") }),
    z.strictObject({ kind: z.literal("diverged"), step: z.number(), reason: z.string() }),
  ]),
  summary: z.record(z.string(), z.unknown()),
  parametersSha256: sha256Schema,
  tables: z.record(
    nameSchema,
    z.strictObject({ rows: z.int(), columns: z.record(z.string(), z.string()), sha256: sha256Schema }),
  ),
  versions: z.strictObject({ ringdown: z.string(), node: z.string() }),
  sha256: sha256Schema,
});
export type RunRecord = z.output<typeof runRecordSchema>;

/** `study.json`: which runs belong to which condition. Written when all runs are stored. */
export const studyRecordSchema = z.strictObject({
  name: nameSchema,
  title: z.string(),
  experiments: z.record(
    nameSchema,
    z.strictObject({
      task: z.string(),
      axes: z.record(z.string(), z.array(z.string())),
      seeds: z.array(z.int()),
      tuning: tuningSchema.optional(),
      runs: z.array(z.strictObject({ id: idSchema, condition: z.record(z.string(), z.string()), seed: z.int() })),
    }),
  ),
  sha256: sha256Schema,
});
export type StudyRecord = z.output<typeof studyRecordSchema>;

/** @param files the tables as they are stored, by name */
export function runRecord(
  { id, task, seed, engine, config }: RunSpec,
  { outcome, summary, parametersSha256, tables }: FinishedRun,
  files: Readonly<Record<string, Uint8Array>>,
): RunRecord {
  return sealed({
    ...{ id, task, seed, engine },
    config: sorted(config),
    ...{ outcome, summary, parametersSha256 },
    tables: Object.fromEntries(
      tables.map(({ name, rows, types }) => [name, { rows, columns: types, sha256: sha256(files[name]) }]),
    ),
    versions: { ringdown: packageVersion, node: process.versions.node },
  });
}

export function studyRecord({ name, title, experiments }: TunedStudy): StudyRecord {
  const recorded = experiments.map(({ name, task, axes, seeds, tuning, runs }) => [
    name,
    { task, axes, seeds, tuning, runs: runs.map(({ id, condition, seed }) => ({ id, condition, seed })) },
  ]);
  return sealed({ name, title, experiments: Object.fromEntries(recorded) });
}

/**
 * A record with the SHA-256 of its canonical JSON as its last field: what changes it by accident shows. Numbers that JSON
 * has no word for become null.
 */
function sealed<Content extends object>(content: Content): Content & { readonly sha256: string } {
  const stored = JSON.parse(JSON.stringify(content)) as Content;
  return { ...stored, sha256: sha256(canonicalJson(stored)) };
}

/** Whether a record has the content that it was sealed with. */
export function isSealed({ sha256: seal, ...content }: RunRecord | StudyRecord): boolean {
  return seal === sha256(canonicalJson(content));
}

/** A record as it is stored: indented JSON. */
export function recordText(record: RunRecord | StudyRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
