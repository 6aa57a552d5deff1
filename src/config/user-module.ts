import { z } from "zod";
import { InputError } from "./input-error.js";
import { suggest } from "./nearest.js";

/** The options of whatever comes from a module of the user's own. */
export const userModuleFields = {
  module: z
    .string()
    .min(1)
    .optional()
    .describe("path of a JavaScript module, relative to the study file, or to the working directory without one"),
  export: z.string().min(1).default("default").describe("the module's export"),
  options: z.record(z.string(), z.json()).default({}).describe("handed to the export where it is a function"),
  sha256: z.string().optional().describe("of the module's text; filled in, so that a run knows what it ran"),
};

/** Whether there is such a file. */
export function moduleExists(module: string): boolean {
  return node("fs").existsSync(node("path").resolve(module));
}

/**
 * The hash of a module's text: part of a run's identity, so that a changed module is another run. What the module itself
 * imports is not part of it.
 *
 * @param expected the hash that the options name
 * @param where the path of the options in messages, `optimizer`
 * @param base what a relative path is relative to
 * @throws InputError where there is no such file, or its text has another hash
 */
export function moduleHash(module: string, expected: string | undefined, where: string, base = "."): string {
  const path = node("path").resolve(base, module);
  if (!node("fs").existsSync(path)) throw new InputError(`${where}.module: ${module}: there is no such file`);
  const text = node("fs").readFileSync(path);
  const sha256 = node("crypto").createHash("sha256").update(text).digest("hex");
  if (expected !== undefined && expected !== sha256) {
    throw new InputError(`${where}.sha256: ${module} has changed: expected ${expected}, found ${sha256}`);
  }
  return sha256;
}

/**
 * What a module exports under a name. Modules are loaded synchronously, as `import` is not; hence no top-level await in
 * them.
 *
 * @throws InputError where the module cannot be loaded or has no such export
 */
export function loadExport(module: string, name: string, where: string, base = "."): unknown {
  const path = node("path").resolve(base, module);
  let loaded: Record<string, unknown>;
  try {
    loaded = node("module").createRequire(path)(path);
  } catch (error) {
    throw new InputError(`${where}.module: ${module} cannot be loaded: ${(error as Error).message.split("\n")[0]}`);
  }
  // A CommonJS module's exports are its default export.
  const exported = loaded[name] ?? (name === "default" ? loaded : undefined);
  if (exported === undefined) {
    throw new InputError(`${where}.export: ${module} exports no "${name}"${suggest(name, Object.keys(loaded))}`);
  }
  return exported;
}

/** Node's own modules, asked for only when a module is named: elsewhere what uses this runs in a browser too. */
function node<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return process.getBuiltinModule(`node:${name}`) as Builtins[Name];
}
interface Builtins {
  readonly fs: typeof import("node:fs");
  readonly path: typeof import("node:path");
  readonly crypto: typeof import("node:crypto");
  readonly module: typeof import("node:module");
}
