import { packageVersion } from "../config/package.js";
import { canonicalJson } from "./canonical.js";
import { sha256 } from "./digest.js";
import type { RunSpec } from "./run.js";

/** A run's id as text. */
export const runIdPattern = /^[0-9a-f]{16}$/;

/**
 * The run's id: the first 16 hex digits of the SHA-256 of the canonical JSON of everything that decides its rows, the
 * version of the program included.
 */
export function runId({ task, config, seed, engine }: Omit<RunSpec, "id">, version = packageVersion): string {
  return sha256(canonicalJson({ task, config, seed, engine, version })).slice(0, 16);
}
