import { z } from "zod";
import { decayRate, learningRate, optionsSchema, type Resolved, stabiliser } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

const torch = { lr: 1, rho: 0.9, eps: 1e-6, denominator: "updated" } as const;
const keras = { lr: 0.001, rho: 0.95, eps: 1e-7, denominator: "updated" } as const;
const defaults = {
  torch,
  optax: torch,
  keras,
  tf1: { ...keras, eps: 1e-8 },
  tfjs: { ...keras, denominator: "previous" },
} as const;

const schema = optionsSchema("adadelta", defaults, {
  lr: learningRate.describe("learning rate η"),
  rho: decayRate.describe("decay ρ of both mean squares"),
  eps: stabiliser.describe("ε, inside both roots"),
  denominator: z.enum(["updated", "previous"]).describe("the mean square with this gradient or without it"),
});
/** Options of `adadelta`, with every default filled in. */
export type AdadeltaOptions = Resolved<typeof schema>;

export interface AdadeltaState extends State {
  readonly squareAverage: Vector;
  /** The mean square of the updates, before η. */
  readonly updateSquareAverage: Vector;
}

/**
 * Adadelta: RMSprop whose learning rate is the root mean square of its own past updates.
 *
 *     g ← g + λ θ
 *     v ← ρ v + (1 − ρ) g²                     v₀ = 0
 *     d ← √(w + ε)/√(v + ε) · g
 *     w ← ρ w + (1 − ρ) d²                     w₀ = 0
 *     θ ← θ − η d
 *
 * Shapes: parameters, gradients, v, w [n]. Defaults: `defaults` above; optax has no η, ours is torch's. Hazard: w starts at
 * 0, so the first steps are of size √ε and ε decides how fast it gets going.
 *
 * Differences: tfjs 4.22 divides by √(v + ε) of the step before (a bug that its first step, g/√ε · √ε = g, shows).
 *
 * Source: Zeiler (2012); `torch.optim.Adadelta`.
 */
export function adadelta(options: AdadeltaOptions): Optimizer {
  const { rho, eps, denominator } = options;
  const oneMinusRho = 1 - rho;
  return optimizerFromRule<AdadeltaState>(options, {
    init: (like) => ({ squareAverage: zeros(like), updateSquareAverage: zeros(like) }),
    update(gradients, { updates, squareAverage: v, updateSquareAverage: w }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        const before = v[i];
        v[i] = rho * v[i] + oneMinusRho * g * g;
        const d = (Math.sqrt(w[i] + eps) / Math.sqrt((denominator === "updated" ? v[i] : before) + eps)) * g;
        w[i] = rho * w[i] + oneMinusRho * d * d;
        updates[i] = -lr * d;
      }
    },
  });
}

export const adadeltaDefinition = defineRule({
  description: "RMSprop whose learning rate is the size of its own past updates",
  schema,
  defaults,
  make: adadelta,
});
