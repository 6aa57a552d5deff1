import { z } from "zod";
import { common, decayRate, flavour, learningRate, type Resolved, resolve, stabiliser } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import { type State, type Vector, zeros } from "../transform.js";

export const adadeltaSchema = z.strictObject({
  name: z.literal("adadelta"),
  lr: learningRate.optional().describe("learning rate η; default: torch, optax 1, others 0.001"),
  rho: decayRate.optional().describe("decay ρ of both mean squares; default: torch, optax 0.9, others 0.95"),
  eps: stabiliser.optional().describe("ε, inside both roots; default: torch, optax 1e-6, keras, tfjs 1e-7, tf1 1e-8"),
  denominator: z
    .enum(["updated", "previous"])
    .optional()
    .describe("the mean square with this gradient or without it; default: tfjs previous, others updated"),
  ...common,
  flavour: flavour.optional(),
});
export type AdadeltaOptions = Resolved<typeof adadeltaSchema>;

const torch = { lr: 1, rho: 0.9, eps: 1e-6, denominator: "updated" } as const;
const keras = { lr: 0.001, rho: 0.95, eps: 1e-7, denominator: "updated" } as const;

export function resolveAdadelta(given: z.output<typeof adadeltaSchema>): AdadeltaOptions {
  return resolve<AdadeltaOptions>(given, {
    torch,
    optax: torch,
    keras,
    tf1: { ...keras, eps: 1e-8 },
    tfjs: { ...keras, denominator: "previous" },
  });
}

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
 * Shapes: parameters, gradients, v, w [n]. Defaults: η = 1, ρ = 0.9, ε = 10⁻⁶ (torch; optax has no η, ours is torch's);
 * Keras, TensorFlow: η = 0.001, ρ = 0.95. Hazard: w starts at 0, so the first steps are of size √ε and ε decides how
 * fast it gets going.
 *
 * Differences: tfjs 4.22 divides by √(v + ε) of the step before (a bug that its first step, g/√ε · √ε = g, shows).
 *
 * Source: Zeiler (2012); `torch.optim.Adadelta`.
 */
export function adadelta(options: AdadeltaOptions): Optimizer {
  const { rho, eps, denominator } = options;
  const fresh = 1 - rho;
  return optimizerFromRule<AdadeltaState>(options, {
    init: (like) => ({ squareAverage: zeros(like), updateSquareAverage: zeros(like) }),
    update(gradients, { updates, squareAverage: v, updateSquareAverage: w }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + decay * parameters[i];
        const before = v[i];
        v[i] = rho * v[i] + fresh * g * g;
        const d = (Math.sqrt(w[i] + eps) / Math.sqrt((denominator === "updated" ? v[i] : before) + eps)) * g;
        w[i] = rho * w[i] + fresh * d * d;
        updates[i] = -lr * d;
      }
    },
  });
}
