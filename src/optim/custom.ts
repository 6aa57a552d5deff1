import { z } from "zod";
import { InputError } from "../config/input-error.js";
import { loadExport, userModuleFields } from "../config/user-module.js";
import { learningRate } from "./around/options.js";
import { chain } from "./combine/chain.js";
import type { OptimizerDefinition } from "./definition.js";
import type { Optimizer } from "./optimizer.js";
import type { State, Transform, Vector } from "./transform.js";

/**
 * An optimizer as a user writes it: `init` makes a state of numbers and vectors, `update` returns what is to be added to the
 * parameters. A module exports one, or a function from options to one.
 */
export interface UserOptimizer<S extends object = Record<string, State[string]>> {
  readonly name?: string;
  /** A state for vectors like this one. */
  init(like: number | Vector): S;
  /** What is to be added to the parameters; changes the state. */
  update(gradients: Vector, state: S, parameters: Vector): Vector;
  /** Told when the objective has changed. */
  change?(state: S): void;
}

const schema = z
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
  .refine(
    ({ module, optimizer }) => (module === undefined) !== (optimizer === undefined),
    "expected either module or optimizer",
  );
/** Options of an optimizer of the user's own: a module, or the optimizer itself. */
export type CustomOptions = z.output<typeof schema>;

/**
 * An optimizer of the user's own, from a module or as an object.
 *
 * It gets what every optimizer has: gradients that are not finite are refused, its update is checked for its length and
 * copied, `step`, `change` (passed on where it has one) and `reset` are there, its state can be saved.
 *
 * @param base what the module's path is relative to
 * @throws InputError where the module cannot be loaded, has no such export, or the export makes no optimizer
 */
export function custom(options: CustomOptions, base: string): Optimizer {
  const own = options.optimizer ?? load(options, base);
  return { ...chain([checked(own)]), name: own.name ?? "custom" };
}

function load(given: CustomOptions, base: string): UserOptimizer {
  const { module, lr, options } = given;
  const exported = loadExport(given, "optimizer", base);
  const made = typeof exported === "function" ? exported({ lr, ...options }) : exported;
  if (!isUserOptimizer(made)) {
    throw new InputError(`optimizer.export: expected ${module} to make an object with the functions init and update`);
  }
  return made;
}

function checked(own: UserOptimizer): Transform & Pick<Optimizer, "change"> {
  return {
    name: own.name ?? "custom",
    init: (like) => own.init(like) as State,
    update(gradients, state, parameters) {
      const updates = own.update(gradients, state, parameters);
      if (updates?.length === parameters.length) return updates;
      const found = updates?.length === undefined ? String(updates) : `${updates.length}`;
      throw new InputError(
        `${own.name ?? "custom"}: expected update to return ${parameters.length} numbers, found ${found}`,
      );
    },
    change: (state) => own.change?.(state),
  };
}

function isUserOptimizer(value: unknown): value is UserOptimizer {
  const { init, update } = (value ?? {}) as Partial<UserOptimizer>;
  return typeof init === "function" && typeof update === "function";
}

export const customDefinition: OptimizerDefinition<typeof schema, CustomOptions> = {
  description: "an optimizer of your own, from a module",
  schema,
  resolve: (given) => given,
  make: (options, _engine, base) => custom(options, base),
};
