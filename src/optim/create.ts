import { z } from "zod";
import { check } from "../config/check.js";
import { withModuleHash } from "../config/user-module.js";
import type { Schedule } from "./around/schedule.js";
import { custom, customSchema } from "./custom.js";
import type { Optimizer } from "./optimizer.js";
import type { UpdateEngine } from "./rule.js";
import { adadelta, adadeltaSchema, resolveAdadelta } from "./rules/adadelta.js";
import { adagrad, adagradSchema, resolveAdagrad } from "./rules/adagrad.js";
import { adam, adamSchema, resolveAdam } from "./rules/adam.js";
import { adamRel, adamRelSchema, resolveAdamRel } from "./rules/adam-rel.js";
import { adamw, adamwSchema, resolveAdamw } from "./rules/adamw.js";
import { lion, lionSchema, resolveLion } from "./rules/lion.js";
import { momentum, momentumSchema, resolveMomentum } from "./rules/momentum.js";
import { nadam, nadamSchema, resolveNadam } from "./rules/nadam.js";
import { optimisticAdam, optimisticAdamSchema, resolveOptimisticAdam } from "./rules/optimistic-adam.js";
import {
  optimisticGradient,
  optimisticGradientSchema,
  resolveOptimisticGradient,
} from "./rules/optimistic-gradient.js";
import { radam, radamSchema, resolveRadam } from "./rules/radam.js";
import { resolveRmsprop, rmsprop, rmspropSchema } from "./rules/rmsprop.js";
import { resolveSgd, sgd, sgdSchema } from "./rules/sgd.js";

/** The options of every optimizer as they are written, told apart by `name`; what is left out is still missing. */
export const optimizerFields = z.discriminatedUnion("name", [
  sgdSchema,
  momentumSchema,
  adagradSchema,
  adadeltaSchema,
  rmspropSchema,
  adamSchema,
  adamwSchema,
  nadamSchema,
  radamSchema,
  adamRelSchema,
  lionSchema,
  optimisticGradientSchema,
  optimisticAdamSchema,
  customSchema,
]);

/** The same with the flavour's defaults filled in. */
export const optimizerSchema = optimizerFields.transform(resolveOptimizer);
export type OptimizerOptions = ReturnType<typeof resolveOptimizer>;

/** Options as one writes them; in code a schedule may be a function of the number of updates done. */
export type OptimizerInput = WithFunctions<z.input<typeof optimizerFields>>;
type WithFunctions<Input> = Input extends { schedule?: infer Data }
  ? Omit<Input, "schedule"> & { readonly schedule?: Data | Schedule }
  : Input;

/** What is known by name, from simple to complex, with a line for listings; `custom` is a module of the user's own. */
export const optimizers = {
  sgd: "gradient descent",
  momentum: "heavy ball as sum or average, dampened or Nesterov; negative coefficients are legal",
  adagrad: "division by the root of the sum of all squares",
  adadelta: "RMSprop whose learning rate is the size of its own past updates",
  rmsprop: "division by the root of a decaying mean square; plain, corrected, centered, with momentum",
  adam: "RMSprop's root, an averaged gradient, both bias-corrected; amsgrad",
  adamw: "Adam with decoupled weight decay",
  nadam: "Adam that looks one step ahead along its mean gradient",
  radam: "Adam without the division while its mean square is uncertain",
  adamRel: "Adam whose time restarts at every signalled change",
  lion: "the sign of a mean gradient",
  optimisticGradient: "gradient descent that extrapolates the gradient's last change",
  optimisticAdam: "Adam that extrapolates its step's last change",
} as const satisfies Record<Exclude<OptimizerOptions["name"], "custom">, string>;

/**
 * The optimizer of this name with these options; what is left out takes the default of the library that `flavour` names
 * (torch where it is left out and has the optimizer).
 *
 * @param engine steps vectors in its own memory by kernels, for RMSprop, Adam and Adam's relatives, to the same bits
 * @throws InputError naming the path, what was expected and the nearest valid name
 */
export function createOptimizer(input: OptimizerInput, engine?: UpdateEngine): Optimizer {
  const { schedule } = (input ?? {}) as { readonly schedule?: unknown };
  if (typeof schedule !== "function") return buildOptimizer(check(optimizerSchema, input, "optimizer"), engine);
  // The schema, which knows schedules as data, sees one in the function's place.
  const checked = check(optimizerSchema, { ...input, schedule: { name: "constant" } }, "optimizer");
  return buildOptimizer({ ...checked, schedule } as unknown as OptimizerOptions, engine);
}

/** Fills in the flavour's defaults. */
export function resolveOptimizer(given: z.output<typeof optimizerFields>) {
  switch (given.name) {
    case "sgd":
      return resolveSgd(given);
    case "momentum":
      return resolveMomentum(given);
    case "adagrad":
      return resolveAdagrad(given);
    case "adadelta":
      return resolveAdadelta(given);
    case "rmsprop":
      return resolveRmsprop(given);
    case "adam":
      return resolveAdam(given);
    case "adamw":
      return resolveAdamw(given);
    case "nadam":
      return resolveNadam(given);
    case "radam":
      return resolveRadam(given);
    case "adamRel":
      return resolveAdamRel(given);
    case "lion":
      return resolveLion(given);
    case "optimisticGradient":
      return resolveOptimisticGradient(given);
    case "optimisticAdam":
      return resolveOptimisticAdam(given);
    case "custom":
      return given;
  }
}

/**
 * A configuration whose optimizers have the hash of the user's module that they name, as a run's identity needs it: what
 * a task's `resolve` does for optimizers.
 *
 * @param base what a module's relative path is relative to
 * @throws InputError beginning with the path in the configuration, where there is no such file or its hash is another
 */
export function withOptimizerModules<Config extends OptimizersOfConfig>(config: Config, base: string): Config {
  const { optimizer, optimizers } = config;
  const resolved = { ...config, optimizer: withModule(optimizer, "optimizer", base) };
  if (optimizers === undefined) return resolved;
  const byPlayer = Object.entries(optimizers).map(
    ([player, options]) => [player, withModule(options, `optimizers.${player}`, base)] as const,
  );
  return { ...resolved, optimizers: Object.fromEntries(byPlayer) };
}
interface OptimizersOfConfig {
  readonly optimizer: OptimizerOptions;
  readonly optimizers?: Readonly<Record<string, OptimizerOptions>>;
}

function withModule(options: OptimizerOptions, where: string, base: string): OptimizerOptions {
  return options.name === "custom" ? withModuleHash(options, where, base) : options;
}

/**
 * The optimizer for options that a schema has checked already.
 *
 * @param engine as {@link createOptimizer} has it
 * @param base what the path of a user's module is relative to
 */
export function buildOptimizer(options: OptimizerOptions, engine?: UpdateEngine, base = "."): Optimizer {
  switch (options.name) {
    case "sgd":
      return sgd(options);
    case "momentum":
      return momentum(options);
    case "adagrad":
      return adagrad(options);
    case "adadelta":
      return adadelta(options);
    case "rmsprop":
      return rmsprop(options, engine);
    case "adam":
      return adam(options, engine);
    case "adamw":
      return adamw(options, engine);
    case "nadam":
      return nadam(options);
    case "radam":
      return radam(options);
    case "adamRel":
      return adamRel(options, engine);
    case "lion":
      return lion(options);
    case "optimisticGradient":
      return optimisticGradient(options);
    case "optimisticAdam":
      return optimisticAdam(options);
    case "custom":
      return custom(options, base);
  }
}
