import type { Engine } from "../../src/kernels/engine.js";
import type { BatchLosses } from "./batch-losses.js";

/**
 * The relativistic losses, on pairs of a real logit r and a fake one t, with ℓ = softplus:
 *
 *     discriminator  mean ℓ(t − r)          generator  mean ℓ(r − t)
 *
 * The discriminator need only tell which of two is real, so that the generator's gradient does not vanish where it tells
 * fakes alone. The i-th real point of a batch is paired with the i-th fake. Both losses take [2 batch] logits, first the
 * real ones, and write the gradient with respect to all. Vectors are the engine's.
 *
 * Source: Jolicoeur-Martineau (2019), "The relativistic discriminator" (RSGAN); with `r1` and `r2` it is the loss of
 * Huang et al. (2024), "The GAN is dead; long live the GAN!" (R3GAN).
 */
export function relativisticLosses(engine: Engine, batch: number): BatchLosses {
  const differences = engine.allocate(batch);
  const values = engine.allocate(batch);
  const slopes = engine.allocate(batch);

  /** mean ℓ(sign (t − r)) */
  const pairLoss = (sign: 1 | -1, logits: Float32Array, gradient: Float32Array) => {
    for (let i = 0; i < batch; i++) differences[i] = sign * (logits[batch + i] - logits[i]);
    engine.apply("softplus", differences, values);
    engine.apply("sigmoid", differences, slopes);
    let sum = 0;
    for (let i = 0; i < batch; i++) {
      sum += values[i];
      gradient[batch + i] = (sign * slopes[i]) / batch;
      gradient[i] = -gradient[batch + i];
    }
    return sum / batch;
  };

  return {
    generatorSeesReal: true,
    discriminator: (logits, gradient) => pairLoss(1, logits, gradient),
    generator: (logits, gradient) => pairLoss(-1, logits, gradient),
  };
}
