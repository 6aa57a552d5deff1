import { z } from "zod";
import { decay, flavour, learningRate } from "./options.js";
import { type Optimizer, optimizer, type State, zeros } from "./transform.js";

export const sgdSchema = z.strictObject({
  name: z.literal("sgd"),
  lr: learningRate.default(0.001).describe("learning rate η"),
  weightDecay: decay.default(0).describe("coupled L2 coefficient λ"),
  flavour: flavour.default("torch"),
});
export type SgdOptions = z.output<typeof sgdSchema>;

/**
 * Gradient descent.
 *
 *     g ← g + λ θ
 *     θ ← θ − η g
 *
 * Source: Robbins and Monro (1951); `torch.optim.SGD` without momentum.
 */
export function sgd({ lr, weightDecay }: SgdOptions): Optimizer {
  return optimizer<State>(
    "sgd",
    (like) => ({ step: 0, updates: zeros(like) }),
    (gradients, state, parameters) => {
      const { updates } = state;
      state.step++;
      for (let i = 0; i < gradients.length; i++) updates[i] = -lr * (gradients[i] + weightDecay * parameters[i]);
    },
  );
}
