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
import { type CommonOptions, optimizerFromRule, type Rule, type UpdateEngine } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

const torch = {
  lr: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  epsPlacement: "outside",
  epsRoot: 0,
  amsgrad: false,
  amsgradOver: "raw",
} as const;

/** Each library's Adam, for Adam and what is made from it. */
export const adamDefaults = {
  torch,
  optax: { ...torch, amsgradOver: "corrected" },
  keras: { ...torch, eps: 1e-7, epsPlacement: "hat" },
  tf1: { ...torch, epsPlacement: "hat" },
  tfjs: { ...torch, eps: 1e-7 },
} as const;

/** The options that Adam shares with its relatives. */
export const adamFields = {
  lr: learningRate.describe("learning rate η"),
  beta1: momentumCoefficient.describe("decay β₁ of the mean gradient; negative is legal"),
  beta2: decayRate.describe("decay β₂ of the mean square"),
  eps: stabiliser.describe("ε"),
  amsgrad: z.boolean().describe("divide by the largest mean square so far"),
  amsgradOver: z.enum(["raw", "corrected"]).describe("the largest of v, corrected then, or of the corrected v"),
  epsPlacement: z.enum(["outside", "hat"]).describe("√v̂ + ε, or √v + ε before the correction"),
  epsRoot: stabiliser.describe("added to v̂ inside the root (optax' eps_root)"),
  onChange: z
    .enum(["keep", "time", "reset"])
    .describe("what a signalled change of the objective does: nothing, t ← 0, or everything ← 0"),
};

const schema = optionsSchema("adam", adamDefaults, adamFields);
/** Options of `adam`, with every default filled in. */
export type AdamOptions = Resolved<typeof schema>;

export interface AdamState extends State {
  readonly average: Vector;
  readonly squareAverage: Vector;
  /** The largest mean square so far; empty unless amsgrad. */
  readonly largestSquareAverage: Vector;
  /** β₁ᵗ and β₂ᵗ as running products: the same bits on every engine, where a power function's are not. */
  beta1Power: number;
  beta2Power: number;
}

/**
 * Adam.
 *
 *     g ← g + λ θ
 *     m ← β₁ m + (1 − β₁) g        m₀ = 0
 *     v ← β₂ v + (1 − β₂) g²       v₀ = 0
 *     θ ← θ − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ) + ε_root) + ε)
 *
 * In float32 √v is rounded like v. Computed as η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε √(1 − β₂ᵗ)) where ε_root is 0, the same up to rounding.
 *
 * In the form "hat" ε is added to √v before the correction, which makes it ε/√(1 − β₂ᵗ): 32 times as large at the first
 * step of β₂ = 0.999. With amsgrad v is replaced, after its update, by the largest v so far. With β₁ = 0 this is
 * bias-corrected RMSprop with ε outside.
 *
 * Shapes: parameters, gradients, m, v, max v [n]. Defaults: `adamDefaults` above; optax has no η, ours is torch's. β₁
 * may be any number in (−1, 1).
 *
 * Hazard: after the gradient's scale rises by k → ∞ the step grows to 6.57 η at the 12th step (β₁ = 0.9, β₂ = 0.999),
 * because m follows sooner than v; `adamRel` and β₁ = β₂ avoid it.
 *
 * Differences: torch and tfjs √v̂ + ε; optax √(v̂ + eps_root) + ε; Keras and TensorFlow 1 in the form "hat". amsgrad:
 * torch and Keras take the largest raw v and correct it, optax the largest corrected v̂. Weight decay is coupled in
 * torch's Adam, decoupled in Keras'.
 *
 * Source: Kingma and Ba (2015), "hat" at the end of its section 2; amsgrad: Reddi et al. (2018); `torch.optim.Adam`.
 */
export function adam(options: Omit<AdamOptions, "name" | "flavour"> & CommonOptions, engine?: UpdateEngine): Optimizer {
  const { beta1, beta2, eps, epsPlacement, epsRoot, amsgrad, amsgradOver } = options;
  const oneMinusBeta1 = 1 - beta1;
  const oneMinusBeta2 = 1 - beta2;
  const coefficients = {
    beta1,
    fresh1: oneMinusBeta1,
    beta2,
    fresh2: oneMinusBeta2,
    decay: 0,
    stepSize: 0,
    eps,
    shrink: 0,
  };
  const hasKernel = !amsgrad && epsRoot === 0;
  const fused: Rule<AdamState>["fused"] = (kernels, gradients, state, parameters, lr, decay, shrink, move) => {
    state.beta1Power *= beta1;
    state.beta2Power *= beta2;
    coefficients.decay = decay;
    coefficients.shrink = shrink;
    const rootCorrection = Math.sqrt(1 - state.beta2Power);
    coefficients.stepSize = (lr / (1 - state.beta1Power)) * rootCorrection;
    coefficients.eps = (epsPlacement === "outside" ? eps : eps / rootCorrection) * rootCorrection;
    const { updates, average, squareAverage } = state as AdamState &
      Record<"updates" | "average" | "squareAverage", Float32Array>;
    kernels.adamUpdate(coefficients, gradients, average, squareAverage, updates, parameters, move);
  };
  return optimizerFromRule<AdamState>(
    options,
    {
      init: (like) => ({
        average: zeros(like),
        squareAverage: zeros(like),
        largestSquareAverage: amsgrad ? zeros(like) : zeros(0),
        beta1Power: 1,
        beta2Power: 1,
      }),
      update(gradients, state, parameters, lr, decay) {
        const { updates, average: m, squareAverage: v, largestSquareAverage: largest } = state;
        state.beta1Power *= beta1;
        state.beta2Power *= beta2;
        const stepSize = lr / (1 - state.beta1Power);
        const correction = 1 - state.beta2Power;
        const rootCorrection = Math.sqrt(correction);
        const corrected = epsPlacement === "outside" ? eps : eps / rootCorrection;
        const forMaximum = amsgradOver === "corrected" ? correction : 1;
        const rootDivisor = amsgrad && amsgradOver === "corrected" ? 1 : rootCorrection;
        // Without ε_root both sides of the quotient are multiplied by the root's divisor: one division less.
        const scale = epsRoot === 0 ? rootDivisor : 1;
        const numerator = -(stepSize * scale);
        const added = corrected * scale;
        const single = updates instanceof Float32Array && epsRoot === 0;
        for (let i = 0; i < gradients.length; i++) {
          const g = decay === 0 ? gradients[i] : gradients[i] + decay * parameters[i];
          m[i] = beta1 * m[i] + oneMinusBeta1 * g;
          v[i] = beta2 * v[i] + oneMinusBeta2 * g * g;
          let square = v[i];
          if (amsgrad) {
            square /= forMaximum;
            if (square > largest[i]) largest[i] = square;
            square = largest[i];
          }
          const inside = epsRoot === 0 ? square : square / (rootDivisor * rootDivisor) + epsRoot;
          const root = single ? Math.fround(Math.sqrt(inside)) : Math.sqrt(inside);
          updates[i] = (numerator * m[i]) / (root + added);
        }
      },
      restartTime(state) {
        state.beta1Power = 1;
        state.beta2Power = 1;
      },
      ...(hasKernel && { fused }),
    },
    engine,
  );
}

export const adamDefinition = defineRule({
  description: "RMSprop's root, an averaged gradient, both bias-corrected; amsgrad",
  schema,
  defaults: adamDefaults,
  make: adam,
});
