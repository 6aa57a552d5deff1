import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { packageVersion } from "../config/package.js";
import { show } from "../config/show.js";
import { canonicalJson, type Json } from "./canonical.js";
import { sha256 } from "./digest.js";
import { writeWhole } from "./files.js";
import { fromParquet, toParquet } from "./parquet.js";
import type { RunSpec } from "./run.js";
import type { Column } from "./tables.js";
import type { Table } from "./task.js";

/** A run that has been begun, and all that it needs to go on. */
export interface RunCheckpoint extends Omit<RunSpec, "id" | "base"> {
  /** Steps done. */
  readonly step: number;
  /** The task's own state, plain data. */
  readonly state: unknown;
  /** The rows so far: table → column → values. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, Column>>>>;
}

const fileSchema = z.strictObject({
  version: z.string(),
  task: z.string(),
  seed: z.int(),
  engine: z.string(),
  config: z.unknown(),
  step: z.int(),
  state: z.unknown(),
  /** Parquet files in base64. */
  tables: z.record(z.string(), z.base64()),
  sha256: z.string(),
});

const fileName = "checkpoint.json";

/** Writes `checkpoint.json` into a folder, whole or not at all: a crash meanwhile leaves the one before. */
export async function writeCheckpoint(
  folder: string,
  { task, seed, engine, config }: Omit<RunSpec, "id" | "base">,
  { step, state, tables }: { readonly step: number; readonly state: unknown; readonly tables: readonly Table[] },
): Promise<void> {
  const files = tables.map((table) => [table.name, Buffer.from(toParquet(table)).toString("base64")]);
  const content = { version: packageVersion, task, seed, engine, config, step, state };
  const stored = asStored({ ...content, tables: Object.fromEntries(files) });
  await writeWhole(join(folder, fileName), `${JSON.stringify({ ...stored, sha256: seal(stored) })}\n`);
}

/**
 * Reads what {@link writeCheckpoint} has written.
 *
 * @throws InputError where there is none, it is damaged, or another version wrote it
 */
export async function readCheckpoint(folder: string): Promise<RunCheckpoint> {
  const file = join(folder, fileName);
  const text = await readFile(file, "utf8").catch(({ code }: NodeJS.ErrnoException) => {
    throw new InputError(
      `${file}: ${absent.has(code ?? "") ? "there is no checkpoint" : `cannot be read (${code})`}; ringdown train --checkpoint ${folder} writes one`,
    );
  });
  const value = parse(text, file);
  const { version } = value;
  if (typeof version === "string" && version !== packageVersion) {
    throw new InputError(`${file}: expected a checkpoint of ringdown ${packageVersion}, found one of ${version}`);
  }
  const { sha256: sealed, ...stored } = check(fileSchema, value, file);
  if (sealed !== seal(stored)) throw damaged(file, "its content has another SHA-256 than when it was written");
  const { tables, ...content } = stored;
  const read = Object.entries(tables).map(async ([name, base64]) => {
    return [name, await fromParquet(Buffer.from(base64, "base64"))] as const;
  });
  return { ...content, tables: Object.fromEntries(await Promise.all(read)) };
}

const absent = new Set(["ENOENT", "ENOTDIR"]);

/** Whether a folder holds a checkpoint, readable or not. */
export async function hasCheckpoint(folder: string): Promise<boolean> {
  return readFile(join(folder, fileName)).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => !absent.has(code ?? ""),
  );
}

/** Engines that give the same bits: a run begun on one of them may go on on another. */
const interchangeable = new Set(["wasm", "native"]);

/**
 * Refuses to go on with another run than the checkpoint's.
 *
 * @param source where the checkpoint is from, first in the message
 * @throws InputError naming the first difference
 */
export function refuseAnotherRun(
  saved: Pick<RunCheckpoint, "task" | "seed" | "engine" | "config">,
  run: Omit<RunSpec, "id" | "base">,
  source: string,
): void {
  const sameBits = interchangeable.has(saved.engine) && interchangeable.has(run.engine);
  const facts = ({ task, seed, engine, config }: typeof saved): Json =>
    asStored({ task, seed, config, ...(sameBits ? {} : { engine }) });
  const difference = firstDifference(facts(saved), facts(run), "");
  if (difference === undefined) return;
  const { path, expected, found } = difference;
  throw new InputError(
    `${source}: the checkpoint is of another run: ${path}: expected ${shown(expected)}, found ${shown(found)}`,
  );
}

const shown = (value: Json | undefined) => (value === undefined ? "nothing" : show(value));

interface Difference {
  readonly path: string;
  readonly expected: Json | undefined;
  readonly found: Json | undefined;
}

function firstDifference(expected: Json | undefined, found: Json | undefined, path: string): Difference | undefined {
  if (!isNested(expected) || !isNested(found)) {
    const equal = expected === undefined || found === undefined ? expected === found : same(expected, found);
    return equal ? undefined : { path, expected, found };
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const below = path === "" ? key : `${path}.${key}`;
    const difference = firstDifference(expected[key], found[key], below);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

const same = (one: Json, other: Json) => canonicalJson(one) === canonicalJson(other);

function isNested(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null;
}

function parse(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Told below, like JSON of another kind.
  }
  throw damaged(file, "it is no whole JSON object");
}

/** As it comes back from JSON: −0 is 0, and what is undefined is left out. */
function asStored<Content extends { readonly [key: string]: unknown }>(
  content: Content,
): Content & { [key: string]: Json } {
  return JSON.parse(JSON.stringify(content));
}

const seal = (stored: object) => sha256(canonicalJson(stored));

function damaged(file: string, reason: string): InputError {
  return new InputError(`${file}: damaged: ${reason}; begin again in another folder, or use a copy`);
}
