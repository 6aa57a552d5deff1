import { z } from "zod";
import { check } from "../config/check.js";
import { adam, adamSchema } from "./adam.js";
import { momentum, momentumSchema } from "./momentum.js";
import { rmsprop, rmspropSchema } from "./rmsprop.js";
import { sgd, sgdSchema } from "./sgd.js";
import type { Optimizer } from "./transform.js";

/** The options of every optimizer, told apart by `name`. */
export const optimizerSchema = z.discriminatedUnion("name", [sgdSchema, momentumSchema, rmspropSchema, adamSchema]);
export type OptimizerOptions = z.output<typeof optimizerSchema>;
export type OptimizerInput = z.input<typeof optimizerSchema>;

/** What is known by name, from simple to complex, with a line for listings. */
export const optimizers = {
  sgd: "gradient descent",
  momentum: "heavy ball, dampened or Nesterov; negative coefficients are legal",
  rmsprop: "division by the root of a decaying mean square; plain, centered, with momentum",
  adam: "RMSprop's root, an averaged gradient, both bias-corrected; amsgrad",
} as const satisfies Record<OptimizerOptions["name"], string>;

/**
 * The optimizer of this name with these options; what is left out takes the reference implementation's default.
 *
 * @throws InputError naming the path, what was expected and the nearest valid name
 */
export function createOptimizer(input: OptimizerInput): Optimizer {
  return buildOptimizer(check(optimizerSchema, input, "optimizer"));
}

/** The optimizer for options that a schema has checked already. */
export function buildOptimizer(options: OptimizerOptions): Optimizer {
  switch (options.name) {
    case "sgd":
      return sgd(options);
    case "momentum":
      return momentum(options);
    case "rmsprop":
      return rmsprop(options);
    case "adam":
      return adam(options);
  }
}
