import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";

const script = resolve(import.meta.dirname, "../../src/kernels/build-native.mjs");

export interface NativeBuild {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs what `npm run build:native` runs, with these environment variables. */
export function buildNative(environment: Readonly<Record<string, string>>): NativeBuild {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

/**
 * Builds the native library in a folder of its own and makes it the one that this test file uses.
 *
 * @returns the folder, or the reason to skip: there is no C compiler. Any other failure is thrown.
 */
export function useNativeLibrary(): { readonly folder: string; readonly missing?: string } {
  const folder = mkdtempSync(join(tmpdir(), "ringdown-native-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  process.env.RINGDOWN_NATIVE = folder;
  const { status, stderr } = buildNative({ RINGDOWN_NATIVE: folder });
  if (status === 0) return { folder };
  if (!stderr.includes("no C compiler")) throw new Error(stderr);
  console.warn(`the native engine is not tested: ${stderr}`);
  return { folder, missing: stderr.trim() };
}
