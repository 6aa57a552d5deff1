import { z } from "zod";
import { common, flavour, learningRate, momentumCoefficient, type Resolved, resolve } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

export const momentumSchema = z.strictObject({
  name: z.literal("momentum"),
  lr: learningRate.optional().describe("learning rate η; default 0.001, keras 0.01"),
  momentum: momentumCoefficient.optional().describe("coefficient μ of the buffer; negative is legal; default 0.9"),
  dampening: z.number().optional().describe("d: the gradient enters the buffer times 1 − d; default 0"),
  nesterov: z.boolean().optional().describe("look one step ahead along the buffer; default no"),
  form: z
    .enum(["sum", "average"])
    .optional()
    .describe("of the buffer: b ← μ b + (1 − d) g, or b ← μ b + (1 − μ) g; default sum"),
  dampenFirst: z
    .boolean()
    .optional()
    .describe("whether the first gradient is dampened too; default: torch no, others yes"),
  lrInBuffer: z
    .boolean()
    .optional()
    .describe("whether η enters the buffer or multiplies it; default: keras yes, others no"),
  ...common,
  flavour: flavour.optional(),
});
export type MomentumOptions = Resolved<typeof momentumSchema>;

const ours = {
  lr: 0.001,
  momentum: 0.9,
  dampening: 0,
  nesterov: false,
  form: "sum",
  dampenFirst: true,
  lrInBuffer: false,
} as const;

export function resolveMomentum(given: z.output<typeof momentumSchema>): MomentumOptions {
  return resolve<MomentumOptions>(given, {
    torch: { ...ours, dampenFirst: given.form === "average" },
    optax: ours,
    keras: { ...ours, lr: 0.01, lrInBuffer: true },
    tf1: ours,
    tfjs: ours,
  });
}

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
 * Shapes: parameters, gradients, b [n]. Defaults: μ = 0.9, d = 0, η = 0.001 (Keras 0.01; optax and TensorFlow have
 * none, ours is torch's). The libraries' own default for μ is 0, which is `sgd`.
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
