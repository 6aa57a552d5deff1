import { decayRate, learningRate, optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

const ours = { lr: 0.001, beta1: 0.9, beta2: 0.99, decoupled: true };
const defaults = { keras: ours, optax: { ...ours, weightDecay: 0.001 } };

const schema = optionsSchema("lion", defaults, {
  lr: learningRate.describe("learning rate η"),
  beta1: decayRate.describe("weight β₁ of the mean gradient in the sign"),
  beta2: decayRate.describe("decay β₂ of the mean gradient"),
});
/** Options of `lion`, with every default filled in. */
export type LionOptions = Resolved<typeof schema>;

export interface LionState extends State {
  readonly average: Vector;
}

/**
 * Lion: the sign of a mean gradient.
 *
 *     u ← sign(β₁ m + (1 − β₁) g)
 *     m ← β₂ m + (1 − β₂) g          m₀ = 0
 *     θ ← θ − η u − η λ θ
 *
 * Every step has size η in every direction whose gradient is not exactly 0: it never settles at constant η, and is
 * independent of the gradient's scale without any ε.
 *
 * Shapes: parameters, gradients, m [n]. Defaults: `defaults` above; optax has no η, ours is Keras'. The authors advise an η 3 to 10 times smaller than Adam's. torch has no Lion.
 *
 * Source: Chen et al. (2023); `keras.optimizers.Lion`.
 */
export function lion(options: LionOptions): Optimizer {
  const { beta1, beta2 } = options;
  const oneMinusBeta1 = 1 - beta1;
  const oneMinusBeta2 = 1 - beta2;
  return optimizerFromRule<LionState>(options, {
    init: (like) => ({ average: zeros(like) }),
    update(gradients, { updates, average: m }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        updates[i] = -lr * Math.sign(beta1 * m[i] + oneMinusBeta1 * g);
        m[i] = beta2 * m[i] + oneMinusBeta2 * g;
      }
    },
  });
}

export const lionDefinition = defineRule({
  description: "the sign of a mean gradient",
  schema,
  defaults,
  make: lion,
});
