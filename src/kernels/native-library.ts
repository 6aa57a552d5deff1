import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { packageRoot } from "../config/package.js";
import { sourceSha256 } from "./module.js";

/** The record that the build writes beside the library: why it may, or may not, be used here. */
const recordSchema = z.strictObject({
  /** Of the kernels' source and flags, the one that the WebAssembly module has too: both engines are one source. */
  sourceSha256: z.string(),
  cpu: z.strictObject({ model: z.string(), sha256: z.string() }),
  lanes: z.int(),
  compiler: z.string(),
  flags: z.array(z.string()),
  librarySha256: z.string(),
});
export type LibraryRecord = z.output<typeof recordSchema>;

export interface Processor {
  readonly model: string;
  /** Of the model and of every instruction set that it has: the library may use all of them. */
  readonly sha256: string;
}

/** The library to load, or in words why there is none. */
export type Found = { readonly path: string; readonly record: LibraryRecord } | { readonly problem: string };

/** How to get a library, for messages. */
export const buildCommand = "npm run build:native";

/**
 * The folder of the native libraries: `dist/native`, which TypeScript's builds leave alone, which is never committed or
 * packed, and which goes with the checkout; or what the environment variable RINGDOWN_NATIVE names.
 */
export function libraryFolder(): string {
  return process.env.RINGDOWN_NATIVE || join(packageRoot, "dist", "native");
}

/** The file name, without its ending, of the library from this source for this processor: several can share a folder. */
export function libraryName(source: string, cpu: Processor): string {
  return `kernels-${source.slice(0, 12)}-${cpu.sha256.slice(0, 12)}`;
}

export const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** The processor that this process runs on; elsewhere than on Linux the model alone tells processors apart. */
export function processor(): Processor {
  const lines = firstProcessor();
  const field = (...names: string[]) =>
    lines.find(([name]) => names.includes(name))?.[1] ?? (names[0] === "model name" ? cpus()[0]?.model : undefined);
  const model = field("model name") ?? "unknown";
  const identity = [process.platform, process.arch, model, field("flags", "Features") ?? ""];
  return { model, sha256: sha256(JSON.stringify(identity)) };
}

/** The fields of the first block of /proc/cpuinfo; a machine of many cores takes long to write all of them. */
function firstProcessor(): string[][] {
  let file: number;
  try {
    file = openSync("/proc/cpuinfo", "r");
  } catch {
    return [];
  }
  const bytes = Buffer.alloc(1 << 14);
  const length = readSync(file, bytes);
  closeSync(file);
  const block = bytes.toString("utf8", 0, length).split("\n\n")[0];
  return block.split("\n").map((line) => line.split(":").map((part) => part.trim()));
}

/**
 * Looks for the library that is built from this source for this processor and unchanged since; no other is ever used.
 */
export function findLibrary(): Found {
  const folder = libraryFolder();
  const here = processor();
  const records = readRecords(folder);
  const name = libraryName(sourceSha256, here);
  const own = records.get(name);
  if (own === null) return { problem: `${join(folder, name)}.json is damaged` };
  if (own !== undefined && own.sourceSha256 === sourceSha256 && own.cpu.sha256 === here.sha256) {
    const path = join(folder, `${name}.so`);
    return isIntact(path, own) ? { path, record: own } : { problem: `${path} is not the library that was built` };
  }
  const others = [...records.values()].filter((record) => record !== null);
  if (others.some(({ cpu }) => cpu.sha256 === here.sha256))
    return { problem: "the library is stale: it was built from other kernels" };
  if (others.length > 0)
    return { problem: `the library was built for another processor (${others[0].cpu.model}; this is ${here.model})` };
  return { problem: "not built" };
}

/** The records in a folder by the name of their library; null where one is damaged. */
function readRecords(folder: string): Map<string, LibraryRecord | null> {
  const files = readOr([], () => readdirSync(folder).sort());
  return new Map(
    files
      .filter((file) => file.startsWith("kernels-") && file.endsWith(".json"))
      .map((file) => {
        const text = readOr("null", () => readFileSync(join(folder, file), "utf8"));
        const record = recordSchema.safeParse(readOr(null, () => JSON.parse(text)));
        return [file.slice(0, -".json".length), record.success ? record.data : null];
      }),
  );
}

function isIntact(path: string, { librarySha256 }: LibraryRecord): boolean {
  return readOr(false, () => sha256(readFileSync(path)) === librarySha256);
}

function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
