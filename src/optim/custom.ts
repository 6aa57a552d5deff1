import { z } from "zod";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { chain } from "./chain.js";
import { learningRate } from "./options.js";
import type { Optimizer, State, Transform, Vector } from "./transform.js";

/**
 * What a user has to write: `init` makes a state of numbers and vectors, `update` returns what is to be added to the
 * parameters. A module exports one, or a function from options to one.
 */
export interface UserOptimizer<S extends object = Record<string, number | Vector>> {
  readonly name?: string;
  init(like: number | Vector): S;
  update(gradients: Vector, state: S, parameters: Vector): Vector;
  /** Told when the objective has changed. */
  change?(state: S): void;
}

export const customSchema = z
  .strictObject({
    name: z.literal("custom"),
    module: z.string().min(1).optional().describe("path of a JavaScript module, relative to the working directory"),
    export: z.string().min(1).default("default").describe("the module's export: an optimizer, or options → optimizer"),
    options: z.record(z.string(), z.json()).default({}).describe("handed to the export where it is a function"),
    lr: learningRate.default(0.001).describe("handed over with the options"),
    sha256: z.string().optional().describe("of the module's text; filled in, so that a run knows what it ran"),
    optimizer: z
      .custom<UserOptimizer>(isUserOptimizer, "expected an object with the functions init and update")
      .optional()
      .describe("the optimizer itself, in code"),
  })
  .superRefine(({ module, optimizer }, context) => {
    if ((module === undefined) === (optimizer === undefined)) {
      context.addIssue({ code: "custom", path: [], message: "expected either module or optimizer" });
    } else if (module !== undefined && !node("fs").existsSync(node("path").resolve(module))) {
      context.addIssue({ code: "custom", path: ["module"], message: "there is no such file" });
    }
  });
export type CustomOptions = z.output<typeof customSchema>;

/**
 * Adds the module's hash: part of a run's identity, so that a changed module is another run. What the module itself
 * imports is not part of it.
 *
 * @throws InputError where the options name another hash than the module has
 */
export function resolveCustom(given: CustomOptions): CustomOptions {
  if (given.module === undefined) return given;
  const text = node("fs").readFileSync(node("path").resolve(given.module));
  const sha256 = node("crypto").createHash("sha256").update(text).digest("hex");
  if (given.sha256 !== undefined && given.sha256 !== sha256) {
    throw new InputError(`optimizer.sha256: ${given.module} has changed: expected ${given.sha256}, found ${sha256}`);
  }
  return { ...given, sha256 };
}

/**
 * An optimizer of the user's own, from a module or as an object.
 *
 * It gets what every optimizer has: gradients that are not finite are refused, its update is checked for its length and
 * copied, `step`, `change` (passed on where it has one) and `reset` are there, its state can be saved.
 *
 * @throws InputError where the module cannot be loaded, has no such export, or the export makes no optimizer
 */
export function custom({ module, export: name, options, lr, optimizer }: CustomOptions): Optimizer {
  const own = optimizer ?? load(module as string, name, { lr, ...options });
  return { ...chain([checked(own)]), name: own.name ?? "custom" };
}

/** The modules are loaded synchronously, as `import` is not; hence no top-level await in them. */
function load(module: string, name: string, options: Record<string, unknown>): UserOptimizer {
  const path = node("path").resolve(module);
  let loaded: Record<string, unknown>;
  try {
    loaded = node("module").createRequire(path)(path);
  } catch (error) {
    throw new InputError(`optimizer.module: ${module} cannot be loaded: ${(error as Error).message.split("\n")[0]}`);
  }
  // A CommonJS module's exports are its default export.
  const exported = loaded[name] ?? (name === "default" ? loaded : undefined);
  if (exported === undefined) {
    throw new InputError(`optimizer.export: ${module} exports no "${name}"${suggest(name, Object.keys(loaded))}`);
  }
  const made = typeof exported === "function" ? exported(options) : exported;
  if (!isUserOptimizer(made)) {
    throw new InputError(`optimizer.export: expected ${module} to make an object with the functions init and update`);
  }
  return made;
}

function checked(own: UserOptimizer): Transform & Pick<Optimizer, "change"> {
  return {
    name: own.name ?? "custom",
    init: (like) => own.init(like) as unknown as State,
    update(gradients, state, parameters) {
      const updates = own.update(gradients, state as unknown as Record<string, number | Vector>, parameters);
      if (updates?.length === parameters.length) return updates;
      const found = updates?.length === undefined ? String(updates) : `${updates.length}`;
      throw new InputError(
        `${own.name ?? "custom"}: expected update to return ${parameters.length} numbers, found ${found}`,
      );
    },
    change: (state) => own.change?.(state as unknown as Record<string, number | Vector>),
  };
}

function isUserOptimizer(value: unknown): value is UserOptimizer {
  const { init, update } = (value ?? {}) as Partial<UserOptimizer>;
  return typeof init === "function" && typeof update === "function";
}

/** Node's own modules, asked for only when a module is named: elsewhere the optimizers run in a browser too. */
function node<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return process.getBuiltinModule(`node:${name}`) as Builtins[Name];
}
interface Builtins {
  readonly fs: typeof import("node:fs");
  readonly path: typeof import("node:path");
  readonly crypto: typeof import("node:crypto");
  readonly module: typeof import("node:module");
}
