import { z } from "zod";
import { learningRate, momentumCoefficient, optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

const ours = {
  lr: 0.001,
  momentum: 0.9,
  dampening: 0,
  nesterov: false,
  form: "sum",
  dampenFirst: true,
  lrInBuffer: false,
} as const;
const defaults = {
  torch: { ...ours, dampenFirst: false },
  optax: ours,
  keras: { ...ours, lr: 0.01, lrInBuffer: true },
  tf1: ours,
  tfjs: ours,
} as const;

const schema = optionsSchema("momentum", defaults, {
  lr: learningRate.describe("learning rate η"),
  momentum: momentumCoefficient.describe("coefficient μ of the buffer; negative is legal"),
  dampening: z.number().describe("d: the gradient enters the buffer times 1 − d"),
  nesterov: z.boolean().describe("look one step ahead along the buffer"),
  form: z.enum(["sum", "average"]).describe("of the buffer: b ← μ b + (1 − d) g, or b ← μ b + (1 − μ) g"),
  dampenFirst: z.boolean().describe("whether the first gradient is dampened too; in the average form it is"),
  lrInBuffer: z.boolean().describe("whether η enters the buffer or multiplies it"),
});
/** Options of `momentum`, with every default filled in. */
export type MomentumOptions = Resolved<typeof schema>;

export interface MomentumState extends State {
  readonly momentumBuffer: Vector;
}

/**
 * Heavy-ball momentum.
 *
 *     g ← g + λ θ
 *     b ← μ b + a g           a = 1 − d; 1 at the first step unless dampenFirst; 1 − μ in the average form
 *     θ ← θ − η b             (nesterov: θ ← θ − η (g + μ b), in the average form θ − η (a g + μ b))
 *
 * With lrInBuffer b collects η g and θ ← θ − b: the same path while η is constant.
 *
 * With d = 0 the update is Σ μᵏ g_{t−k}: its mean gain is 1/(1 − μ) and the mean age of a gradient μ/(1 − μ).
 * The average form is the same path with η scaled by 1 − μ: its gain is 1 for every μ.
 *
 * Shapes: parameters, gradients, b [n]. Defaults: `defaults` above; optax and TensorFlow have no η, ours is torch's.
 * The libraries' own default for μ is 0, which is `sgd`.
 *
 * Differences: torch does not dampen the first gradient (b ← g); optax, Keras, TensorFlow have no dampening; Keras
 * keeps η inside the buffer, which differs once η changes: what is in the buffer keeps the old η.
 *
 * Source: Polyak (1964); Nesterov (1983) as in Sutskever et al. (2013); `torch.optim.SGD`.
 */
export function momentum(options: MomentumOptions): Optimizer {
  const { momentum: mu, dampening, nesterov, form, dampenFirst, lrInBuffer } = options;
  const gainAfter = form === "average" ? 1 - mu : 1 - dampening;
  return optimizerFromRule<MomentumState>(options, {
    init: (like) => ({ momentumBuffer: zeros(like) }),
    update(gradients, { step, updates, momentumBuffer: b }, parameters, lr, decay) {
      const gain = step === 1 && !dampenFirst ? 1 : gainAfter;
      const ahead = form === "average" ? gain : 1;
      const inside = lrInBuffer ? lr : 1;
      const outside = lrInBuffer ? 1 : lr;
      for (let i = 0; i < gradients.length; i++) {
        const g = inside * (gradients[i] + decay * parameters[i]);
        b[i] = mu * b[i] + gain * g;
        updates[i] = -outside * (nesterov ? ahead * g + mu * b[i] : b[i]);
      }
    },
  });
}

export const momentumDefinition = defineRule({
  description: "heavy ball as sum or average, dampened or Nesterov; negative coefficients are legal",
  schema,
  defaults,
  derived: ({ form }) => (form === "average" ? { dampenFirst: true } : {}),
  make: momentum,
});
