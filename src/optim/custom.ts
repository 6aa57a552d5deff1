import { z } from "zod";
import { InputError } from "../config/input-error.js";
import { loadExport, moduleExists, moduleHash, userModuleFields } from "../config/user-module.js";
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
    ...userModuleFields,
    export: userModuleFields.export.describe("the module's export: an optimizer, or options → optimizer"),
    lr: learningRate.default(0.001).describe("handed over with the options"),
    optimizer: z
      .custom<UserOptimizer>(isUserOptimizer, "expected an object with the functions init and update")
      .optional()
      .describe("the optimizer itself, in code"),
  })
  .superRefine(({ module, optimizer }, context) => {
    if ((module === undefined) === (optimizer === undefined)) {
      context.addIssue({ code: "custom", path: [], message: "expected either module or optimizer" });
    } else if (module !== undefined && !moduleExists(module)) {
      context.addIssue({ code: "custom", path: ["module"], message: "there is no such file" });
    }
  });
export type CustomOptions = z.output<typeof customSchema>;

/**
 * Adds the module's hash, see {@link moduleHash}.
 *
 * @throws InputError where the options name another hash than the module has
 */
export function resolveCustom(given: CustomOptions): CustomOptions {
  if (given.module === undefined) return given;
  return { ...given, sha256: moduleHash(given.module, given.sha256, "optimizer") };
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

function load(module: string, name: string, options: Record<string, unknown>): UserOptimizer {
  const exported = loadExport(module, name, "optimizer");
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
