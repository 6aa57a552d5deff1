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
import { optimizerFromRule, type Rule, type UpdateEngine } from "../rule.js";
import { filled, type State, type Vector, zeros } from "../transform.js";

const torch = {
  lr: 0.01,
  rho: 0.99,
  eps: 1e-8,
  epsPlacement: "outside",
  centered: false,
  rhoMean: 0.99,
  clampVariance: true,
  biasCorrection: false,
  momentum: 0,
  nesterov: false,
  lrInBuffer: false,
  initialAccumulator: 0,
} as const;
const others = { ...torch, rho: 0.9, rhoMean: 0.9, epsPlacement: "inside", lrInBuffer: true } as const;
const defaults = {
  torch,
  optax: others,
  keras: { ...others, lr: 0.001, eps: 1e-7 },
  tf1: { ...others, eps: 1e-10, initialAccumulator: 1 },
  tfjs: { ...others, eps: 1e-7 },
} as const;

const schema = optionsSchema("rmsprop", defaults, {
  lr: learningRate.describe("learning rate η"),
  rho: decayRate.describe("decay ρ of the mean square; its memory is 1/(1 − ρ) steps"),
  eps: stabiliser.describe("ε"),
  centered: z.boolean().describe("subtract the squared mean of the gradient"),
  momentum: momentumCoefficient.describe("coefficient μ of a heavy-ball buffer over the normalised step"),
  epsPlacement: z
    .enum(["outside", "inside", "subtracted"])
    .describe("√v + ε, √(v + ε) or √(v − ε), which is tfjs where centered"),
  rhoMean: decayRate.describe("decay ρ_m of the mean gradient where centered; ρ where that is given"),
  clampVariance: z
    .boolean()
    .describe("take v − m² as 0 where the root's argument is negative, and count it; without it the step is NaN"),
  biasCorrection: z.boolean().describe("divide v by 1 − ρᵗ, and m by 1 − ρ_mᵗ"),
  nesterov: z.boolean().describe("look one step ahead along the buffer"),
  lrInBuffer: z.boolean().describe("whether η enters the momentum buffer or multiplies it"),
  initialAccumulator: z.number().nonnegative().describe("v before the first step"),
});
/** Options of `rmsprop`, with every default filled in. */
export type RmspropOptions = Resolved<typeof schema>;

export interface RmspropState extends State {
  readonly squareAverage: Vector;
  /** The mean gradient m; empty unless centered. */
  readonly gradientAverage: Vector;
  /** Empty without momentum. */
  readonly momentumBuffer: Vector;
  /** How often v − m² was taken as 0 because the root's argument was negative, over parameters and steps. */
  clamped: number;
  /** ρᵗ and ρ_mᵗ as running products: the same bits on every engine, where a power function's are not. */
  rhoPower: number;
  rhoMeanPower: number;
}

/**
 * RMSprop.
 *
 *     g ← g + λ θ
 *     v ← ρ v + (1 − ρ) g²                 v₀ = initialAccumulator
 *     m ← ρ_m m + (1 − ρ_m) g              m₀ = 0 (centered only; else m = 0)
 *     r = v − m²                           (biasCorrection: v/(1 − ρᵗ) − (m/(1 − ρ_mᵗ))²)
 *     u ← g / (√r + ε)                     (inside: √(r + ε); subtracted: √(r − ε))
 *     b ← μ b + u;  θ ← θ − η b            (nesterov: θ − η (u + μ b); θ − η u without momentum)
 *
 * With lrInBuffer b collects η u and θ ← θ − b: the same path while η is constant.
 *
 * Shapes: parameters, gradients, v, m, b [n]. Defaults: `defaults` above, compared in README.md, "the RMSprop you
 * mean"; optax, TensorFlow 1 and tfjs have no η, ours is torch's.
 *
 * Without correction the zero start makes the first step η/√(1 − ρ); corrected it is η, and with ε outside this is
 * Adam with β₁ = 0.
 *
 * Hazards: centered under a constant gradient r tends to 0 and the step to η g/√ε (inside) or η g/ε (outside): it blows
 * up just where the gradient is most certain. Rounding, or ρ_m ≠ ρ, makes r negative: torch, optax and Keras give NaN
 * then. Here r is taken as 0 and `state.clamped` counts it; `clampVariance: false` is the libraries' NaN. With
 * subtracted ε the clamped argument is ε.
 *
 * Differences: torch alone puts ε outside and η before the buffer; TensorFlow 1 starts v at 1, so its first steps are
 * small; tfjs 4.22 centered subtracts ε (a sign error); optax alone has bias correction and Nesterov; Keras' weight
 * decay is decoupled. No library has ρ_m.
 *
 * Source: Tieleman and Hinton (2012); centered: Graves (2013); `torch.optim.RMSprop`.
 */
export function rmsprop(options: RmspropOptions, engine?: UpdateEngine): Optimizer {
  const { rho, eps, epsPlacement, centered, rhoMean, clampVariance, biasCorrection, initialAccumulator } = options;
  const { momentum: mu, nesterov, lrInBuffer } = options;
  const oneMinusRho = 1 - rho;
  const oneMinusRhoMean = 1 - rhoMean;
  const outside = epsPlacement === "outside" ? eps : 0;
  const inside = epsPlacement === "inside" ? eps : epsPlacement === "subtracted" ? -eps : 0;
  const floor = Math.abs(inside);
  const coefficients = {
    rho,
    fresh: oneMinusRho,
    decay: 0,
    correction: 1,
    inside,
    outside,
    before: 1,
    after: 1,
    shrink: 0,
  };
  const hasKernel = !centered && mu === 0 && inside >= 0;
  const fused: Rule<RmspropState>["fused"] = (kernels, gradients, state, parameters, lr, decay, shrink, move) => {
    state.rhoPower *= rho;
    state.rhoMeanPower *= rhoMean;
    coefficients.decay = decay;
    coefficients.shrink = shrink;
    coefficients.correction = biasCorrection ? 1 - state.rhoPower : 1;
    coefficients.before = lrInBuffer ? lr : 1;
    coefficients.after = lrInBuffer ? 1 : lr;
    const { updates, squareAverage } = state as RmspropState & Record<"updates" | "squareAverage", Float32Array>;
    kernels.rmspropUpdate(coefficients, gradients, squareAverage, updates, parameters, move);
  };
  return optimizerFromRule<RmspropState>(
    options,
    {
      init: (like) => ({
        squareAverage: filled(like, initialAccumulator),
        gradientAverage: centered ? zeros(like) : zeros(0),
        momentumBuffer: mu !== 0 ? zeros(like) : zeros(0),
        clamped: 0,
        rhoPower: 1,
        rhoMeanPower: 1,
      }),
      update(gradients, state, parameters, lr, decay) {
        const { updates, squareAverage: v, gradientAverage: m, momentumBuffer: b } = state;
        state.rhoPower *= rho;
        state.rhoMeanPower *= rhoMean;
        const correction = 1 - state.rhoPower;
        const meanCorrection = 1 - state.rhoMeanPower;
        const inBuffer = lrInBuffer ? lr : 1;
        const afterBuffer = lrInBuffer ? 1 : lr;
        let clamped = 0;
        for (let i = 0; i < gradients.length; i++) {
          const g = decay === 0 ? gradients[i] : gradients[i] + decay * parameters[i];
          v[i] = rho * v[i] + oneMinusRho * g * g;
          let variance = biasCorrection ? v[i] / correction : v[i];
          if (centered) {
            m[i] = rhoMean * m[i] + oneMinusRhoMean * g;
            const mean = biasCorrection ? m[i] / meanCorrection : m[i];
            variance -= mean * mean;
          }
          variance += inside;
          if (clampVariance && variance < 0) {
            variance = floor;
            clamped++;
          }
          let u = (inBuffer * g) / (Math.sqrt(variance) + outside);
          if (mu !== 0) {
            b[i] = mu * b[i] + u;
            u = nesterov ? u + mu * b[i] : b[i];
          }
          updates[i] = -afterBuffer * u;
        }
        state.clamped += clamped;
      },
      ...(hasKernel && { fused }),
    },
    engine,
  );
}

export const rmspropDefinition = defineRule({
  description: "division by the root of a decaying mean square; plain, corrected, centered, with momentum",
  schema,
  defaults,
  derived: ({ rho, centered }, flavour) => ({
    ...(rho === undefined ? {} : { rhoMean: rho }),
    ...(centered && flavour === "tfjs" ? { epsPlacement: "subtracted" as const } : {}),
  }),
  make: rmsprop,
});
