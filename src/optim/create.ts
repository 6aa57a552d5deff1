import { z } from "zod";
import { check } from "../config/check.js";
import { definitionOf, describeAll, schemasOf } from "../config/definitions.js";
import type { Schedule } from "./around/schedule.js";
import { customDefinition } from "./custom.js";
import type { OptimizerDefinition } from "./definition.js";
import type { Optimizer } from "./optimizer.js";
import type { UpdateEngine } from "./rule.js";
import { adadeltaDefinition } from "./rules/adadelta.js";
import { adagradDefinition } from "./rules/adagrad.js";
import { adamDefinition } from "./rules/adam.js";
import { adamRelDefinition } from "./rules/adam-rel.js";
import { adamwDefinition } from "./rules/adamw.js";
import { lionDefinition } from "./rules/lion.js";
import { momentumDefinition } from "./rules/momentum.js";
import { nadamDefinition } from "./rules/nadam.js";
import { optimisticAdamDefinition } from "./rules/optimistic-adam.js";
import { optimisticGradientDefinition } from "./rules/optimistic-gradient.js";
import { radamDefinition } from "./rules/radam.js";
import { rmspropDefinition } from "./rules/rmsprop.js";
import { sgdDefinition } from "./rules/sgd.js";

/** Every rule, from simple to complex. Adding one is its file and a line here. */
export const rules = [
  sgdDefinition,
  momentumDefinition,
  adagradDefinition,
  adadeltaDefinition,
  rmspropDefinition,
  adamDefinition,
  adamwDefinition,
  nadamDefinition,
  radamDefinition,
  adamRelDefinition,
  lionDefinition,
  optimisticGradientDefinition,
  optimisticAdamDefinition,
] as const;
const definitions = [...rules, customDefinition] as const;

/** The options of every optimizer as they are written, told apart by `name`; what is left out is still missing. */
export const optimizerFields = z.discriminatedUnion("name", [...schemasOf(definitions)]);

/** The same with the flavour's defaults filled in. */
export const optimizerSchema = optimizerFields.transform(resolveOptimizer);
/** Options of any optimizer, with every default filled in. */
export type OptimizerOptions = ReturnType<(typeof definitions)[number]["resolve"]>;

/** Name → the line about it, from simple to complex; without `custom`, a module of the user's own. */
export const optimizers = describeAll(rules) as Readonly<Record<Exclude<OptimizerOptions["name"], "custom">, string>>;

/** Options as one writes them; in code a schedule may be a function of the number of updates done. */
export type OptimizerInput = WithFunctions<z.input<typeof optimizerFields>>;
type WithFunctions<Input> = Input extends { schedule?: infer Data }
  ? Omit<Input, "schedule"> & { readonly schedule?: Data | Schedule }
  : Input;

/** Fills in the flavour's defaults. */
export function resolveOptimizer(given: z.output<typeof optimizerFields>): OptimizerOptions {
  return definitionNamed(given.name).resolve(given) as OptimizerOptions;
}

/**
 * The optimizer for options that a schema has checked already.
 *
 * @param engine as {@link createOptimizer} has it
 * @param base what the path of a user's module is relative to
 */
export function buildOptimizer(options: OptimizerOptions, engine?: UpdateEngine, base = "."): Optimizer {
  return definitionNamed(options.name).make(options, engine, base);
}

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
  return definitionNamed(checked.name).make({ ...checked, schedule }, engine, ".");
}

function definitionNamed(name: OptimizerOptions["name"]): OptimizerDefinition {
  return definitionOf<OptimizerDefinition>(definitions, name);
}
