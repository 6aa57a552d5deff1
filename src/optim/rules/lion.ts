import { z } from "zod";
import { common, decayRate, learningRate, type Resolved, resolve } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

export const lionSchema = z.strictObject({
  name: z.literal("lion"),
  lr: learningRate.optional().describe("learning rate η; default 0.001"),
  beta1: decayRate.optional().describe("share β₁ of the mean gradient in the sign; default 0.9"),
  beta2: decayRate.optional().describe("decay β₂ of the mean gradient; default 0.99"),
  ...common,
  flavour: z.enum(["keras", "optax"]).optional(),
});
export type LionOptions = Resolved<typeof lionSchema>;

export function resolveLion(given: z.output<typeof lionSchema>): LionOptions {
  const ours = { lr: 0.001, beta1: 0.9, beta2: 0.99, decoupled: true };
  return resolve<LionOptions>(given, { keras: ours, optax: { ...ours, weightDecay: 0.001 } }, "keras");
}

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
 * Shapes: parameters, gradients, m [n]. Defaults: β₁ = 0.9, β₂ = 0.99, η = 0.001 and λ = 0 (Keras), λ = 0.001 (optax,
 * which has no η). The authors advise an η 3 to 10 times smaller than Adam's. torch has no Lion.
 *
 * Source: Chen et al. (2023); `keras.optimizers.Lion`.
 */
export function lion(options: LionOptions): Optimizer {
  const { beta1, beta2 } = options;
  const fresh1 = 1 - beta1;
  const fresh2 = 1 - beta2;
  return optimizerFromRule<LionState>(options, {
    init: (like) => ({ average: zeros(like) }),
    update(gradients, { updates, average: m }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        updates[i] = -lr * Math.sign(beta1 * m[i] + fresh1 * g);
        m[i] = beta2 * m[i] + fresh2 * g;
      }
    },
  });
}
