import { z } from "zod";
import { common, learningRate, type Resolved, resolve } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

export const optimisticGradientSchema = z.strictObject({
  name: z.literal("optimisticGradient"),
  lr: learningRate.optional().describe("learning rate η; default 0.001"),
  optimism: z.number().nonnegative().optional().describe("coefficient κ of the gradient's change; default 1"),
  ...common,
  flavour: z.enum(["optax"]).optional(),
});
export type OptimisticGradientOptions = Resolved<typeof optimisticGradientSchema>;

export function resolveOptimisticGradient(given: z.output<typeof optimisticGradientSchema>): OptimisticGradientOptions {
  return resolve<OptimisticGradientOptions>(given, { optax: { lr: 0.001, optimism: 1 } }, "optax");
}

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
 * Shapes: parameters, gradients, g' [n]. Defaults: κ = 1 (optax' alpha = beta = 1); optax has no η, ours is torch's for
 * gradient descent. No other library has it.
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
