import { z } from "zod";
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

const torch = {
  lr: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  epsPlacement: "hat",
  threshold: 5,
  thresholdIncluded: false,
} as const;
const defaults = { torch, optax: { ...torch, epsPlacement: "outside", thresholdIncluded: true } } as const;

const schema = optionsSchema("radam", defaults, {
  lr: learningRate.describe("learning rate η"),
  beta1: momentumCoefficient.describe("decay β₁ of the mean gradient"),
  beta2: decayRate.describe("decay β₂ of the mean square"),
  eps: stabiliser.describe("ε"),
  epsPlacement: z.enum(["outside", "hat"]).describe("√v̂ + ε, or √v + ε before the correction"),
  threshold: z.number().min(4).describe("the length ρ_t from which the root divides"),
  thresholdIncluded: z.boolean().describe("whether it does at the threshold itself"),
});
/** Options of `radam`, with every default filled in. */
export type RadamOptions = Resolved<typeof schema>;

export interface RadamState extends State {
  readonly average: Vector;
  readonly squareAverage: Vector;
  /** β₁ᵗ and β₂ᵗ as running products. */
  beta1Power: number;
  beta2Power: number;
}

/**
 * RAdam: Adam that leaves out the division while v has seen too few gradients, and rectifies its variance after.
 *
 *     g ← g + λ θ
 *     m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²         m₀ = v₀ = 0
 *     ρ_∞ = 2/(1 − β₂) − 1;  ρ_t = ρ_∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)
 *     ρ_t > 5:  r = √((ρ_t − 4)(ρ_t − 2) ρ_∞ / ((ρ_∞ − 4)(ρ_∞ − 2) ρ_t)),  θ ← θ − η r m̂ √(1 − β₂ᵗ)/(√v + ε)
 *     else:     θ ← θ − η m̂                                  m̂ = m/(1 − β₁ᵗ)
 *
 * Shapes: parameters, gradients, m, v [n]. Defaults: `defaults` above. The first five steps of β₂ = 0.999 are momentum without any normalisation: their size is that of the gradient. With β₂ ≤ 2/3, ρ_∞ ≤ 5 and
 * all steps are.
 *
 * Differences: torch divides when ρ_t > 5, optax when ρ_t ≥ 5 and by √v̂ + ε; optax has no η, ours is torch's.
 *
 * Source: Liu et al. (2020); `torch.optim.RAdam`.
 */
export function radam(options: RadamOptions): Optimizer {
  const { beta1, beta2, eps, epsPlacement, threshold, thresholdIncluded } = options;
  const oneMinusBeta1 = 1 - beta1;
  const oneMinusBeta2 = 1 - beta2;
  const longest = 2 / (1 - beta2) - 1;
  return optimizerFromRule<RadamState>(options, {
    init: (like) => ({ average: zeros(like), squareAverage: zeros(like), beta1Power: 1, beta2Power: 1 }),
    update(gradients, state, parameters, lr, decay) {
      const { step, updates, average: m, squareAverage: v } = state;
      state.beta1Power *= beta1;
      state.beta2Power *= beta2;
      const correction = 1 - state.beta2Power;
      const rootCorrection = Math.sqrt(correction);
      const length = longest - (2 * step * state.beta2Power) / correction;
      const divides = length > threshold || (thresholdIncluded && length === threshold);
      const shrink = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
      const stepSize = ((divides ? Math.sqrt(shrink) : 1) * lr) / (1 - state.beta1Power);
      const corrected = epsPlacement === "outside" ? eps : eps / rootCorrection;
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        m[i] = beta1 * m[i] + oneMinusBeta1 * g;
        v[i] = beta2 * v[i] + oneMinusBeta2 * g * g;
        const root = divides ? Math.sqrt(v[i]) / rootCorrection + corrected : 1;
        updates[i] = (-stepSize * m[i]) / root;
      }
    },
  });
}

export const radamDefinition = defineRule({
  description: "Adam without the division while its mean square is uncertain",
  schema,
  defaults,
  make: radam,
});
