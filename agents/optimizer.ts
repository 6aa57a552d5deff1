import { z } from "zod";
import { changeDefaults } from "../src/config/definitions.js";
import { type OptimizerOptions, optimizerFields, resolveOptimizer } from "../src/optim/create.js";

type Name = OptimizerOptions["name"];

/**
 * The learning rates that suit policy gradients, where the optimizers' own defaults are made for supervised learning.
 * An optimizer that is not listed keeps its own.
 */
const learningRates: Partial<Record<Name, number>> = { sgd: 0.2, momentum: 0.02, rmsprop: 0.002, adam: 0.002 };

/** The optimizer meant where none is named. */
const unnamed: Name = "rmsprop";

/** Every optimizer's options, as `src/optim` has them but for the default of `lr` and of `name`. */
export const agentOptimizerSchema = z
  .discriminatedUnion("name", changeDefaults(optimizerFields.options, forAgents))
  .prefault({ name: unnamed })
  .transform(resolveOptimizer);

/** One optimizer's schema with an agent's defaults. */
function forAgents(schema: (typeof optimizerFields.options)[number]) {
  const name = schema.shape.name.value;
  const lr = learningRates[name];
  const withRate =
    lr === undefined
      ? schema
      : schema.extend({ lr: schema.shape.lr.default(lr).describe("learning rate η; the default is the agents' own") });
  // A discriminator may be left out only where its schema says so by being optional.
  return name === unnamed ? withRate.extend({ name: z.literal(name).optional().default(name) }) : withRate;
}
