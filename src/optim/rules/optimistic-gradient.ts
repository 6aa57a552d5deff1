import { z } from "zod";
import { learningRate, optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

const defaults = { optax: { lr: 0.001, optimism: 1 } };

const schema = optionsSchema("optimisticGradient", defaults, {
  lr: learningRate.describe("learning rate η"),
  optimism: z.number().nonnegative().describe("coefficient κ of the gradient's change"),
});
/** Options of `optimisticGradient`, with every default filled in. */
export type OptimisticGradientOptions = Resolved<typeof schema>;

export interface OptimisticGradientState extends State {
  readonly previousGradient: Vector;
}

/**
 * Optimistic gradient descent: extrapolates by the gradient's last change, as if it went on.
 *
 *     g ← g + λ θ
 *     θ ← θ − η (g + κ (g − g'))     g' the gradient before; g' = g at the first step
 *
 * With κ = 1 it converges on the bilinear game, where gradient descent spirals out, for one gradient a step instead of
 * extragradient's two.
 *
 * Shapes: parameters, gradients, g' [n]. Defaults: `defaults` above (κ is optax' alpha = beta); optax has no η, ours is torch's
 * for gradient descent. No other library has it.
 *
 * Source: Popov (1980); Daskalakis et al. (2018); `optax.optimistic_gradient_descent`.
 */
export function optimisticGradient(options: OptimisticGradientOptions): Optimizer {
  const { optimism } = options;
  return optimizerFromRule<OptimisticGradientState>(options, {
    init: (like) => ({ previousGradient: zeros(like) }),
    update(gradients, { step, updates, previousGradient: previous }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        const before = step === 1 ? g : previous[i];
        updates[i] = -lr * ((1 + optimism) * g - optimism * before);
        previous[i] = g;
      }
    },
  });
}

export const optimisticGradientDefinition = defineRule({
  description: "gradient descent that extrapolates the gradient's last change",
  schema,
  defaults,
  make: optimisticGradient,
});
