import { z } from "zod";
import { common, flavour, learningRate, type Resolved, resolve } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import type { State } from "../transform.js";

export const sgdSchema = z.strictObject({
  name: z.literal("sgd"),
  lr: learningRate.optional().describe("learning rate η; default 0.001, keras 0.01"),
  ...common,
  flavour: flavour.optional(),
});
export type SgdOptions = Resolved<typeof sgdSchema>;

export function resolveSgd(given: z.output<typeof sgdSchema>): SgdOptions {
  const ours = { lr: 0.001 };
  return resolve<SgdOptions>(given, { torch: ours, optax: ours, keras: { lr: 0.01 }, tf1: ours, tfjs: ours });
}

/**
 * Gradient descent.
 *
 *     g ← g + λ θ
 *     θ ← θ − η g
 *
 * Shapes: parameters, gradients [n]; no accumulator. Defaults: η = 0.001 (Keras 0.01; optax and TensorFlow have none,
 * ours is torch's). The libraries agree; with momentum they do not: see `momentum.ts`.
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
