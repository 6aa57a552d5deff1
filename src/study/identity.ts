import { createHash } from "node:crypto";
import { packageVersion } from "../config/package.js";
import { canonicalJson } from "./canonical.js";
import type { RunSpec } from "./run.js";

/**
 * The run's id: the first 16 hex digits of the SHA-256 of the canonical JSON of everything that decides its rows, the
 * version of the program included.
 */
export function runId({ task, config, seed, engine }: Omit<RunSpec, "id">): string {
  const text = canonicalJson({ task, config, seed, engine, version: packageVersion });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
