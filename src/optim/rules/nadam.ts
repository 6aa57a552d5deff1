import { z } from "zod";
import { exp } from "../../math/elementary/exponential.js";
import { log } from "../../math/elementary/logarithm.js";
import {
  decayRate,
  learningRate,
  momentumCoefficient,
  optionsSchema,
  type Resolved,
  stabiliser,
} from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

const torch = { lr: 0.002, beta1: 0.9, beta2: 0.999, eps: 1e-8, momentumDecay: 0.004 };
const defaults = {
  torch,
  optax: { ...torch, momentumDecay: null },
  keras: { ...torch, lr: 0.001, eps: 1e-7, momentumDecay: 1 },
};

const schema = optionsSchema("nadam", defaults, {
  lr: learningRate.describe("learning rate η"),
  beta1: momentumCoefficient.describe("β₁ of the mean gradient"),
  beta2: decayRate.describe("decay β₂ of the mean square"),
  eps: stabiliser.describe("ε, added to the corrected root"),
  momentumDecay: z.number().nonnegative().nullable().describe("ψ of the schedule of β₁; null: β₁ is constant"),
});
/** Options of `nadam`, with every default filled in. */
export type NadamOptions = Resolved<typeof schema>;

export interface NadamState extends State {
  readonly average: Vector;
  readonly squareAverage: Vector;
  /** μ₁ ⋯ μ_t. */
  momentumProduct: number;
  /** β₂ᵗ. */
  beta2Power: number;
}

/**
 * NAdam: Adam that looks one step ahead along its mean gradient.
 *
 *     g ← g + λ θ
 *     μ_t = β₁ (1 − ½ · 0.96^(t ψ))                          (ψ null: μ_t = β₁)
 *     m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²         m₀ = v₀ = 0
 *     m̂ = μ_{t+1} m/(1 − μ₁⋯μ_{t+1}) + (1 − μ_t) g/(1 − μ₁⋯μ_t)
 *     θ ← θ − η m̂ / (√(v/(1 − β₂ᵗ)) + ε)
 *
 * Shapes: parameters, gradients, m, v [n]. Defaults: `defaults` above. The power is exp(t ψ ln 0.96).
 *
 * Differences: Keras has ε outside (its Adam has the form "hat"); optax has no schedule of β₁, and no η, ours is torch's. torch keeps μ₁⋯μ_t in float32, which shows at 10⁻¹⁰.
 *
 * Source: Dozat (2016); `torch.optim.NAdam`.
 */
export function nadam(options: NadamOptions): Optimizer {
  const { beta1, beta2, eps, momentumDecay } = options;
  const oneMinusBeta1 = 1 - beta1;
  const oneMinusBeta2 = 1 - beta2;
  const rate = momentumDecay === null ? 0 : momentumDecay * log(0.96);
  const coefficient = (t: number) => (momentumDecay === null ? beta1 : beta1 * (1 - 0.5 * exp(t * rate)));
  return optimizerFromRule<NadamState>(options, {
    init: (like) => ({ average: zeros(like), squareAverage: zeros(like), momentumProduct: 1, beta2Power: 1 }),
    update(gradients, state, parameters, lr, decay) {
      const { step, updates, average: m, squareAverage: v } = state;
      const now = coefficient(step);
      const next = coefficient(step + 1);
      state.momentumProduct *= now;
      state.beta2Power *= beta2;
      const rootCorrection = Math.sqrt(1 - state.beta2Power);
      const ofGradient = (lr * (1 - now)) / (1 - state.momentumProduct);
      const ofAverage = (lr * next) / (1 - state.momentumProduct * next);
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        m[i] = beta1 * m[i] + oneMinusBeta1 * g;
        v[i] = beta2 * v[i] + oneMinusBeta2 * g * g;
        updates[i] = -(ofAverage * m[i] + ofGradient * g) / (Math.sqrt(v[i]) / rootCorrection + eps);
      }
    },
  });
}

export const nadamDefinition = defineRule({
  description: "Adam that looks one step ahead along its mean gradient",
  schema,
  defaults,
  make: nadam,
});
