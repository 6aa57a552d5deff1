import type { Engine } from "../../src/kernels/engine.js";
import { GradientDerivative } from "../../src/nn/gradient-derivative.js";
import { Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import type { BatchLosses } from "../losses/batch-losses.js";
import type { LogitLoss } from "../losses/logit-losses.js";

/** How far the generator looks ahead. */
export interface UnrolledOptions {
  /** K, the discriminator's steps ahead */
  readonly steps: number;
  /** η of these steps */
  readonly lr: number;
}

/** The generator's loss on fakes [batch, 2], and its gradient at them. */
export interface FakesLoss {
  readonly loss: number;
  readonly gradient: Float32Array;
}

/**
 * The loss of a generator that foresees its discriminator's answer: what D pays after K steps of gradient descent on its
 * loss, with the sign turned, all on the same points. D itself keeps none of these steps.
 *
 *     w₀ = w,   wₖ₊₁ = wₖ − η ∇L_D(wₖ, x),   L = −L_D(w_K, x)
 *
 * Its gradient at the fakes goes through every step, second derivatives included. Backward from v = −∂L_D/∂w at w_K:
 *
 *     ∂L/∂x ← ∂L/∂x − η ∂²L_D/∂x∂w v,   v ← v − η ∂²L_D/∂w² v   at w_{K−1}, …, w₀
 *
 * The game has to be a zero-sum one: then v vanishes where D has answered in full, while under another loss the generator
 * would make its D worse instead of its samples better. A step ahead costs about three of the discriminator's.
 *
 * Source: Metz et al. (2017), "Unrolled generative adversarial networks", whose steps ahead are Adam's in the experiments.
 *
 * @param spec the discriminator's network
 * @param batch real points and as many fakes
 * @param losses of the discriminator on [2 batch] logits, and `rule` the same with its second derivative
 * @returns the loss at a discriminator's parameters, on points [2 batch, 2], first the real ones; its gradient is valid
 *   until the next call
 */
export function unrolledLoss(
  { steps, lr }: UnrolledOptions,
  engine: Engine,
  spec: MlpSpec,
  batch: number,
  losses: BatchLosses,
  rule: LogitLoss,
): (parameters: Float32Array, points: Float32Array) => FakesLoss {
  const stages = Array.from({ length: steps }, () => {
    const mlp = new Mlp(engine, spec, 2 * batch);
    const derivative = new GradientDerivative(engine, mlp, spec, 2 * batch);
    return { mlp, derivative, weights: engine.allocate(mlp.size), curvatures: new Float64Array(2 * batch) };
  });
  const last = new Mlp(engine, spec, 2 * batch);
  const [ahead, slopes, product] = [last, last, last].map(({ size }) => engine.allocate(size));
  const gradient = engine.allocate(2 * batch);

  return (parameters, points) => {
    ahead.set(parameters);
    for (const { mlp, weights, curvatures } of stages) {
      weights.set(ahead);
      const logits = mlp.forward(weights, points, 2 * batch);
      for (let i = 0; i < 2 * batch; i++)
        curvatures[i] = rule.fakeCurvature(i < batch ? -logits[i] : logits[i]) / batch;
      losses.discriminator(logits, mlp.outputGradient);
      mlp.backward(weights, mlp.outputGradient, product);
      for (let i = 0; i < ahead.length; i++) ahead[i] -= lr * product[i];
    }
    const loss = -losses.discriminator(last.forward(ahead, points, 2 * batch), last.outputGradient);
    for (let i = 0; i < 2 * batch; i++) last.outputGradient[i] *= -1;
    const atPoints = last.backward(ahead, last.outputGradient, slopes, true) as Float32Array;
    gradient.set(atPoints.subarray(2 * batch, 4 * batch));
    for (let k = steps - 1; k >= 0; k--) {
      const { mlp, derivative, weights, curvatures } = stages[k];
      derivative.along(weights, points, mlp.outputGradient, curvatures, slopes, product);
      for (let i = 0; i < gradient.length; i++) gradient[i] -= lr * derivative.atInput[2 * batch + i];
      for (let i = 0; i < slopes.length; i++) slopes[i] -= lr * product[i];
    }
    return { loss, gradient };
  };
}
