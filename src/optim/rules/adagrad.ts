import { z } from "zod";
import { learningRate, optionsSchema, type Resolved, stabiliser } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { filled, type State, type Vector } from "../transform.js";

const torch = { lr: 0.01, eps: 1e-10, epsPlacement: "outside", initialAccumulator: 0, lrDecay: 0 } as const;
const tensorflow = { lr: 0.01, eps: 1e-7, epsPlacement: "inside", initialAccumulator: 0.1, lrDecay: 0 } as const;
const defaults = {
  torch,
  optax: tensorflow,
  keras: { ...tensorflow, lr: 0.001 },
  tf1: { ...tensorflow, eps: 0 },
  tfjs: tensorflow,
} as const;

const schema = optionsSchema("adagrad", defaults, {
  lr: learningRate.describe("learning rate η"),
  eps: stabiliser.describe("ε"),
  epsPlacement: z.enum(["outside", "inside"]).describe("√s + ε or √(s + ε)"),
  initialAccumulator: z.number().nonnegative().describe("s before the first step"),
  lrDecay: z.number().nonnegative().describe("κ: η/(1 + (t − 1) κ)"),
});
/** Options of `adagrad`, with every default filled in. */
export type AdagradOptions = Resolved<typeof schema>;

export interface AdagradState extends State {
  readonly squareSum: Vector;
}

/**
 * AdaGrad.
 *
 *     g ← g + λ θ
 *     s ← s + g²                                   s₀ = initialAccumulator
 *     θ ← θ − η/(1 + (t − 1) κ) · g / (√s + ε)     (inside: √(s + ε))
 *
 * The memory never ends: after T gradients of size G the step is η/(G √T) · g, however small g has become since. On
 * moving ground it stalls.
 *
 * Shapes: parameters, gradients, s [n]. Defaults: `defaults` above.
 * Hazard: with ε = 0 and s₀ = 0 a gradient of zero makes 0/0, as in torch; optax alone takes 0 there.
 *
 * Differences: torch √s + ε from s₀ = 0, with lr_decay; optax, Keras and tfjs √(s + ε) from s₀ > 0; TensorFlow 1 the same
 * without ε.
 *
 * Source: Duchi, Hazan and Singer (2011); `torch.optim.Adagrad`.
 */
export function adagrad(options: AdagradOptions): Optimizer {
  const { eps, epsPlacement, initialAccumulator, lrDecay } = options;
  const inside = epsPlacement === "inside" ? eps : 0;
  const outside = epsPlacement === "outside" ? eps : 0;
  return optimizerFromRule<AdagradState>(options, {
    init: (like) => ({ squareSum: filled(like, initialAccumulator) }),
    update(gradients, { step, updates, squareSum: s }, parameters, lr, decay) {
      const rate = lr / (1 + (step - 1) * lrDecay);
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        s[i] += g * g;
        updates[i] = (-rate * g) / (Math.sqrt(s[i] + inside) + outside);
      }
    },
  });
}

export const adagradDefinition = defineRule({
  description: "division by the root of the sum of all squares",
  schema,
  defaults,
  make: adagrad,
});
