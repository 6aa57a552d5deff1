import { z } from "zod";
import { decay, decayRate, flavour, learningRate, momentumCoefficient, stabiliser } from "./options.js";
import { type Optimizer, optimizer, type State, type Vector, zeros } from "./transform.js";

export const rmspropSchema = z.strictObject({
  name: z.literal("rmsprop"),
  lr: learningRate.default(0.01).describe("learning rate η"),
  rho: decayRate.default(0.99).describe("decay ρ of the mean square; its memory is 1/(1 − ρ) steps"),
  eps: stabiliser.default(1e-8).describe("ε, added to the root"),
  centered: z.boolean().default(false).describe("subtract the squared mean of the gradient"),
  momentum: momentumCoefficient.default(0).describe("coefficient μ of a heavy-ball buffer over the normalised step"),
  weightDecay: decay.default(0).describe("coupled L2 coefficient λ"),
  flavour: flavour.default("torch"),
});
export type RmspropOptions = z.output<typeof rmspropSchema>;

export interface RmspropState extends State {
  readonly squareAverage: Vector;
  /** The mean gradient m; empty unless centered. */
  readonly gradientAverage: Vector;
  /** Empty without momentum. */
  readonly momentumBuffer: Vector;
}

/**
 * RMSprop.
 *
 *     g ← g + λ θ
 *     v ← ρ v + (1 − ρ) g²                 v₀ = 0
 *     m ← ρ m + (1 − ρ) g                  (centered only)
 *     u ← g / (√(v − m²) + ε)              (m = 0 unless centered)
 *     b ← μ b + u;  θ ← θ − η b            (θ ← θ − η u without momentum)
 *
 * The zero start makes the first step η/√(1 − ρ). Hazard: centered with a constant gradient, v − m² tends to 0 and
 * may round below it: the step grows to η/√ε-like sizes and becomes NaN, here as in torch.
 *
 * Source: Tieleman and Hinton (2012); centered: Graves (2013); `torch.optim.RMSprop`. optax, Keras and TensorFlow 1
 * put ε inside the root, and TensorFlow 1 starts v at 1.
 */
export function rmsprop(options: RmspropOptions): Optimizer {
  const { lr, rho, eps, centered, momentum: mu, weightDecay } = options;
  const fresh = 1 - rho;
  return optimizer<RmspropState>(
    "rmsprop",
    (like) => ({
      step: 0,
      updates: zeros(like),
      squareAverage: zeros(like),
      gradientAverage: centered ? zeros(like) : zeros(0),
      momentumBuffer: mu !== 0 ? zeros(like) : zeros(0),
    }),
    (gradients, state, parameters) => {
      const { updates, squareAverage: v, gradientAverage: m, momentumBuffer: b } = state;
      state.step++;
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + weightDecay * parameters[i];
        v[i] = rho * v[i] + fresh * g * g;
        let variance = v[i];
        if (centered) {
          m[i] = rho * m[i] + fresh * g;
          variance -= m[i] * m[i];
        }
        let u = g / (Math.sqrt(variance) + eps);
        if (mu !== 0) {
          b[i] = mu * b[i] + u;
          u = b[i];
        }
        updates[i] = -lr * u;
      }
    },
  ) as Optimizer;
}
