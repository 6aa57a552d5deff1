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

const defaults = { optax: { lr: 0.001, beta1: 0.9, beta2: 0.999, eps: 1e-8, optimism: 1 } };

const schema = optionsSchema("optimisticAdam", defaults, {
  lr: learningRate.describe("learning rate η"),
  beta1: momentumCoefficient.describe("decay β₁ of the mean gradient"),
  beta2: decayRate.describe("decay β₂ of the mean square"),
  eps: stabiliser.describe("ε, added to the corrected root"),
  optimism: z.number().nonnegative().describe("coefficient κ of the step's change"),
});
/** Options of `optimisticAdam`, with every default filled in. */
export type OptimisticAdamOptions = Resolved<typeof schema>;

export interface OptimisticAdamState extends State {
  readonly average: Vector;
  readonly squareAverage: Vector;
  /** Adam's normalised step before this one. */
  readonly previousStep: Vector;
  /** β₁ᵗ and β₂ᵗ as running products. */
  beta1Power: number;
  beta2Power: number;
}

/**
 * Optimistic Adam: optimism applied to Adam's normalised step.
 *
 *     a ← m̂/(√v̂ + ε)                 Adam's step, see adam.ts
 *     θ ← θ − η (a + κ (a − a'))      a' the step before; a' = a at the first step
 *
 * Shapes: parameters, gradients, m, v, a' [n]. Defaults: `defaults` above; optax has no η, ours is torch's for Adam. The paper starts from a' = 0, so its first step is (1 + κ) η a; optax's is η a, as here.
 *
 * Source: Daskalakis et al. (2018), algorithm 1; `optax.optimistic_adam_v2`.
 */
export function optimisticAdam(options: OptimisticAdamOptions): Optimizer {
  const { beta1, beta2, eps, optimism } = options;
  const oneMinusBeta1 = 1 - beta1;
  const oneMinusBeta2 = 1 - beta2;
  return optimizerFromRule<OptimisticAdamState>(options, {
    init: (like) => ({
      average: zeros(like),
      squareAverage: zeros(like),
      previousStep: zeros(like),
      beta1Power: 1,
      beta2Power: 1,
    }),
    update(gradients, state, parameters, lr, decay) {
      const { step, updates, average: m, squareAverage: v, previousStep: previous } = state;
      state.beta1Power *= beta1;
      state.beta2Power *= beta2;
      const correction = 1 - state.beta1Power;
      const rootCorrection = Math.sqrt(1 - state.beta2Power);
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        m[i] = beta1 * m[i] + oneMinusBeta1 * g;
        v[i] = beta2 * v[i] + oneMinusBeta2 * g * g;
        const a = m[i] / correction / (Math.sqrt(v[i]) / rootCorrection + eps);
        const before = step === 1 ? a : previous[i];
        updates[i] = -lr * ((1 + optimism) * a - optimism * before);
        previous[i] = a;
      }
    },
  });
}

export const optimisticAdamDefinition = defineRule({
  description: "Adam that extrapolates its step's last change",
  schema,
  defaults,
  make: optimisticAdam,
});
