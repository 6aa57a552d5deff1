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

/** Options that name a module, once checked. */
export interface UserModule {
  readonly module?: string | undefined;
  readonly export: string;
  readonly sha256?: string | undefined;
}

/**
 * The options with the hash of the module's text: part of a run's identity, so that a changed module is another run. What
 * the module itself imports is not part of it.
 *
 * @param where the path of the options in messages, `optimizer`
 * @param base what a relative path is relative to
 * @throws InputError where there is no such file, or its text has another hash than the options say
 */
export function withModuleHash<Options extends UserModule>(options: Options, where: string, base: string): Options {
  const { module, sha256: expected } = options;
  if (module === undefined) return options;
  const path = node("path").resolve(base, module);
  if (!node("fs").existsSync(path)) {
    const folder = node("path").isAbsolute(module) ? "" : ` in ${node("path").resolve(base)}`;
    throw new InputError(`${where}.module: ${module}: there is no such file${folder}`);
  }
  const text = node("fs").readFileSync(path);
  const sha256 = node("crypto").createHash("sha256").update(text).digest("hex");
  if (expected !== undefined && expected !== sha256) {
    throw new InputError(`${where}.sha256: ${module} has changed: expected ${expected}, found ${sha256}`);
  }
  return { ...options, sha256 };
}

/**
 * A module's export. Modules are loaded synchronously, as `import` is not; hence no top-level await in them.
 *
 * @param where the path of the options in messages, `optimizer`
 * @param base what a relative path is relative to
 * @throws InputError where there is no such file, it has another hash than the options say, it cannot be loaded, or it
 *   has no such export
 */
export function loadExport(options: UserModule, where: string, base: string): unknown {
  const { module, export: name } = withModuleHash(options, where, base);
  if (module === undefined) throw new InputError(`${where}.module: missing; expected the path of a module`);
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

/** A module that a configuration names, whose code runs with it. */
export interface NamedModule {
  /** Where in the configuration: `optimizer.module`. */
  readonly at: string;
  readonly module: string;
}

/** The modules that a configuration names, wherever in it: those of its parts `custom`. */
export function modulesNamedIn(config: unknown, at: readonly string[] = []): NamedModule[] {
  if (typeof config !== "object" || config === null) return [];
  const { name, module } = config as { readonly name?: unknown; readonly module?: unknown };
  const own = name === "custom" && typeof module === "string" ? [{ at: [...at, "module"].join("."), module }] : [];
  return [...own, ...Object.entries(config).flatMap(([key, value]) => modulesNamedIn(value, [...at, key]))];
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
