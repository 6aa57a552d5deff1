import { z } from "zod";
import { decay, flavour, learningRate, momentumCoefficient } from "./options.js";
import { type Optimizer, optimizer, type State, type Vector, zeros } from "./transform.js";

export const momentumSchema = z.strictObject({
  name: z.literal("momentum"),
  lr: learningRate.default(0.001).describe("learning rate η"),
  momentum: momentumCoefficient.default(0.9).describe("coefficient μ of the buffer; negative is legal"),
  dampening: z.number().default(0).describe("d: the gradient enters the buffer times 1 − d"),
  nesterov: z.boolean().default(false),
  weightDecay: decay.default(0).describe("coupled L2 coefficient λ"),
  flavour: flavour.default("torch"),
});
export type MomentumOptions = z.output<typeof momentumSchema>;

export interface MomentumState extends State {
  readonly momentumBuffer: Vector;
}

/**
 * Heavy-ball momentum.
 *
 *     g ← g + λ θ
 *     b ← μ b + (1 − d) g      (b ← g at the first step)
 *     θ ← θ − η b              (nesterov: θ ← θ − η (g + μ b))
 *
 * With d = 0 the update is Σ μᵏ g_{t−k}: its mean gain is 1/(1 − μ) and the mean age of a gradient μ/(1 − μ).
 * The exponential-average form is the same path with η scaled by 1 − μ.
 *
 * Source: Polyak (1964); `torch.optim.SGD`. Keras keeps η inside the buffer, which differs once η changes.
 */
export function momentum({ lr, momentum: mu, dampening, nesterov, weightDecay }: MomentumOptions): Optimizer {
  return optimizer<MomentumState>(
    "momentum",
    (like) => ({ step: 0, updates: zeros(like), momentumBuffer: zeros(like) }),
    (gradients, state, parameters) => {
      const { updates, momentumBuffer: b } = state;
      const gain = state.step === 0 ? 1 : 1 - dampening;
      state.step++;
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + weightDecay * parameters[i];
        b[i] = mu * b[i] + gain * g;
        updates[i] = -lr * (nesterov ? g + mu * b[i] : b[i]);
      }
    },
  ) as Optimizer;
}
