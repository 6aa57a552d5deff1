import { z } from "zod";
import { common, flavour, learningRate, type Resolved, resolve, stabiliser } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { filled, type State, type Vector } from "../transform.js";

export const adagradSchema = z.strictObject({
  name: z.literal("adagrad"),
  lr: learningRate.optional().describe("learning rate η; default 0.01, keras 0.001"),
  eps: stabiliser.optional().describe("ε; default: torch 1e-10, optax, keras, tfjs 1e-7, tf1 0"),
  epsPlacement: z
    .enum(["outside", "inside"])
    .optional()
    .describe("√s + ε or √(s + ε); default: torch outside, others inside"),
  initialAccumulator: z
    .number()
    .nonnegative()
    .optional()
    .describe("s before the first step; default: torch 0, others 0.1"),
  lrDecay: z.number().nonnegative().optional().describe("κ: η/(1 + (t − 1) κ); default 0"),
  ...common,
  flavour: flavour.optional(),
});
export type AdagradOptions = Resolved<typeof adagradSchema>;

const torch = { lr: 0.01, eps: 1e-10, epsPlacement: "outside", initialAccumulator: 0, lrDecay: 0 } as const;
const tensorflow = { lr: 0.01, eps: 1e-7, epsPlacement: "inside", initialAccumulator: 0.1, lrDecay: 0 } as const;

export function resolveAdagrad(given: z.output<typeof adagradSchema>): AdagradOptions {
  return resolve<AdagradOptions>(given, {
    torch,
    optax: tensorflow,
    keras: { ...tensorflow, lr: 0.001 },
    tf1: { ...tensorflow, eps: 0 },
    tfjs: tensorflow,
  });
}

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
 * Shapes: parameters, gradients, s [n]. Defaults by flavour: η, ε, ε's place, s₀ as in the table of README.md.
 * Hazard: with ε = 0 and s₀ = 0 a gradient of zero makes 0/0, as in torch; optax alone takes 0 there.
 *
 * Differences: torch √s + 1e-10 from s₀ = 0, with lr_decay; optax, Keras and tfjs √(s + 1e-7) from s₀ = 0.1; TensorFlow
 * 1 √s from s₀ = 0.1, no ε.
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
