import { learningRate, optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import type { State } from "../transform.js";

const ours = { lr: 0.001 };
const defaults = { torch: ours, optax: ours, keras: { lr: 0.01 }, tf1: ours, tfjs: ours };

const schema = optionsSchema("sgd", defaults, { lr: learningRate.describe("learning rate η") });
/** Options of `sgd`, with every default filled in. */
export type SgdOptions = Resolved<typeof schema>;

/**
 * Gradient descent.
 *
 *     g ← g + λ θ
 *     θ ← θ − η g
 *
 * Shapes: parameters, gradients [n]; no accumulator. Defaults: `defaults` above; optax and TensorFlow have no η, ours is torch's. The
 * libraries agree; with momentum they do not: see `momentum.ts`.
 *
 * Source: Robbins and Monro (1951); `torch.optim.SGD` without momentum.
 */
export function sgd(options: SgdOptions): Optimizer {
  return optimizerFromRule<State>(options, {
    init: () => ({}),
    update(gradients, { updates }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) updates[i] = -lr * (gradients[i] + decay * parameters[i]);
    },
  });
}

export const sgdDefinition = defineRule({
  description: "gradient descent",
  schema,
  defaults,
  make: sgd,
});
