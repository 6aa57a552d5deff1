import { z } from "zod";
import { decay, decayRate, flavour, learningRate, momentumCoefficient, stabiliser } from "./options.js";
import { type Optimizer, optimizer, type State, type Vector, zeros } from "./transform.js";

export const adamSchema = z.strictObject({
  name: z.literal("adam"),
  lr: learningRate.default(0.001).describe("learning rate η"),
  beta1: momentumCoefficient.default(0.9).describe("decay β₁ of the mean gradient; negative is legal"),
  beta2: decayRate.default(0.999).describe("decay β₂ of the mean square"),
  eps: stabiliser.default(1e-8).describe("ε, added to the corrected root"),
  amsgrad: z.boolean().default(false).describe("divide by the largest mean square so far"),
  weightDecay: decay.default(0).describe("coupled L2 coefficient λ"),
  flavour: flavour.default("torch"),
});
export type AdamOptions = z.output<typeof adamSchema>;

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
 *     θ ← θ − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
 *
 * With amsgrad v is replaced, after its update, by the largest v so far. With β₁ = 0 this is bias-corrected RMSprop.
 *
 * Source: Kingma and Ba (2015), amsgrad: Reddi et al. (2018); `torch.optim.Adam`. Keras adds ε before the correction
 * of the root, optax's amsgrad takes the maximum after the correction.
 */
export function adam({ lr, beta1, beta2, eps, amsgrad, weightDecay }: AdamOptions): Optimizer {
  const fresh1 = 1 - beta1;
  const fresh2 = 1 - beta2;
  return optimizer<AdamState>(
    "adam",
    (like) => ({
      step: 0,
      updates: zeros(like),
      average: zeros(like),
      squareAverage: zeros(like),
      largestSquareAverage: amsgrad ? zeros(like) : zeros(0),
      beta1Power: 1,
      beta2Power: 1,
    }),
    (gradients, state, parameters) => {
      const { updates, average: m, squareAverage: v, largestSquareAverage: largest } = state;
      state.step++;
      state.beta1Power *= beta1;
      state.beta2Power *= beta2;
      const stepSize = lr / (1 - state.beta1Power);
      const rootCorrection = Math.sqrt(1 - state.beta2Power);
      for (let i = 0; i < gradients.length; i++) {
        const g = gradients[i] + weightDecay * parameters[i];
        m[i] = beta1 * m[i] + fresh1 * g;
        v[i] = beta2 * v[i] + fresh2 * g * g;
        let square = v[i];
        if (amsgrad) {
          if (square > largest[i]) largest[i] = square;
          square = largest[i];
        }
        updates[i] = (-stepSize * m[i]) / (Math.sqrt(square) / rootCorrection + eps);
      }
    },
  ) as Optimizer;
}
