import type { Engine } from "../../src/kernels/engine.js";
import { GradientDerivative } from "../../src/nn/gradient-derivative.js";
import { Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import type { BatchLosses } from "../losses/batch-losses.js";
import type { LogitLoss } from "../losses/logit-losses.js";

/** How far the generator looks ahead. */
export interface UnrolledOptions {
  /** K, the discriminator's steps ahead */
  readonly steps: number;
  /** η, the length of each of them */
  readonly length: number;
}

/** The generator's loss on fakes [batch, 2], and its gradient at them. */
export interface FakesLoss {
  readonly loss: number;
  readonly gradient: Float32Array;
}

/**
 * The loss of a generator that foresees its discriminator's answer: what D pays after K steps down its own loss, with the
 * sign turned, all on the same points. D itself keeps none of these steps.
 *
 *     w₀ = w,   wₖ₊₁ = wₖ − η gₖ/|gₖ|,   gₖ = ∇L_D(wₖ, x),   L = −L_D(w_K, x)
 *
 * Its gradient at the fakes goes through every step, second derivatives included. Backward from v = −∂L_D/∂w at w_K, with
 * s = (v − gₖ (gₖ·v)/|gₖ|²) η/|gₖ| at w_{K−1}, …, w₀:
 *
 *     ∂L/∂x ← ∂L/∂x − ∂²L_D/∂x∂w s,   v ← v − ∂²L_D/∂w² s
 *
 * The game has to be a zero-sum one: then v vanishes where D has answered in full, while under another loss the generator
 * would make its D worse instead of its samples better. The steps have a length of their own because a generator that
 * foresees plain gradient descent moves its points to where that diverges, which is worth more than good samples. A step
 * ahead costs about three of the discriminator's.
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
  { steps, length }: UnrolledOptions,
  engine: Engine,
  spec: MlpSpec,
  batch: number,
  losses: BatchLosses,
  rule: LogitLoss,
): (parameters: Float32Array, points: Float32Array) => FakesLoss {
  const stages = Array.from({ length: steps }, () => {
    const mlp = new Mlp(engine, spec, 2 * batch);
    const derivative = new GradientDerivative(engine, mlp, spec, 2 * batch);
    const [weights, slope] = [mlp, mlp].map(({ size }) => engine.allocate(size));
    return { mlp, derivative, weights, slope, curvatures: new Float64Array(2 * batch) };
  });
  const last = new Mlp(engine, spec, 2 * batch);
  const [ahead, v, step, product] = [last, last, last, last].map(({ size }) => engine.allocate(size));
  const gradient = engine.allocate(2 * batch);

  /** η/|g|; nobody moves without a gradient. */
  const factorOf = (slope: Float32Array) => {
    const norm = engine.norm(slope);
    return norm > 0 ? length / norm : 0;
  };

  return (parameters, points) => {
    ahead.set(parameters);
    for (const { mlp, weights, slope, curvatures } of stages) {
      weights.set(ahead);
      const logits = mlp.forward(weights, points, 2 * batch);
      for (let i = 0; i < 2 * batch; i++)
        curvatures[i] = rule.fakeCurvature(i < batch ? -logits[i] : logits[i]) / batch;
      losses.discriminator(logits, mlp.outputGradient);
      mlp.backward(weights, mlp.outputGradient, slope);
      const factor = factorOf(slope);
      for (let i = 0; i < ahead.length; i++) ahead[i] -= factor * slope[i];
    }
    const loss = -losses.discriminator(last.forward(ahead, points, 2 * batch), last.outputGradient);
    for (let i = 0; i < 2 * batch; i++) last.outputGradient[i] *= -1;
    const atPoints = last.backward(ahead, last.outputGradient, v, true) as Float32Array;
    gradient.set(atPoints.subarray(2 * batch, 4 * batch));
    for (let k = steps - 1; k >= 0; k--) {
      const { mlp, derivative, weights, slope, curvatures } = stages[k];
      const factor = factorOf(slope);
      const along = dot(slope, v) * (factor / length) * (factor / length);
      for (let i = 0; i < step.length; i++) step[i] = factor * (v[i] - along * slope[i]);
      derivative.along(weights, points, mlp.outputGradient, curvatures, step, product);
      for (let i = 0; i < gradient.length; i++) gradient[i] -= derivative.atInput[2 * batch + i];
      for (let i = 0; i < v.length; i++) v[i] -= product[i];
    }
    return { loss, gradient };
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
