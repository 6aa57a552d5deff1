import type { Engine } from "../../src/kernels/engine.js";
import type { LogitLoss } from "./logit-losses.js";

/**
 * The discriminator's loss, mean ℓ(−D(real)) + mean ℓ(D(fake)), with logits [2 rows]: first the real ones, then the
 * fake. Writes its gradient with respect to the logits.
 */
export function discriminatorLoss(
  { fake: loss, fakeSlope: slope }: LogitLoss,
  logits: Float32Array,
  rows: number,
  gradient: Float32Array,
): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const real = logits[i];
    const fake = logits[rows + i];
    sum += loss(-real) + loss(fake);
    gradient[i] = -slope(-real) / rows;
    gradient[rows + i] = slope(fake) / rows;
  }
  return sum / rows;
}

/** The generator's loss, a mean over the logits of fakes, and its gradient with respect to them. */
export function generatorLoss(
  { generator: loss, generatorSlope: slope }: LogitLoss,
  logits: Float32Array,
  rows: number,
  gradient: Float32Array,
): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum += loss(logits[i]);
    gradient[i] = slope(logits[i]) / rows;
  }
  return sum / rows;
}

/** Both players' losses on batches of logits; each writes its gradient with respect to them. */
export interface BatchLosses {
  /** Whether the generator's loss takes the real points' logits too, before the fakes'. */
  readonly generatorSeesReal: boolean;
  /** On [2 batch] logits, as {@link discriminatorLoss}. */
  discriminator(logits: Float32Array, gradient: Float32Array): number;
  /** On [batch] logits, as {@link generatorLoss}, or on [2 batch] where it sees real points. */
  generator(logits: Float32Array, gradient: Float32Array): number;
}

/** The losses above, by the engine's kernels in float32 where they are softpluses; vectors are the engine's. */
export function batchLosses(rule: LogitLoss, engine: Engine, batch: number): BatchLosses {
  const signed = engine.allocate(2 * batch);
  const fakes = signed.subarray(0, batch);
  const values = engine.allocate(2 * batch);

  /** factor/batch · Σ softplus(s) and factor · sign/batch · sigmoid(s); the first `turned` of s have the sign −1. */
  const softplusLoss = (s: Float32Array, turned: number, factor: number, gradient: Float32Array) => {
    engine.apply("softplus", s, values);
    engine.apply("sigmoid", s, gradient);
    let sum = 0;
    for (let i = 0; i < s.length; i++) {
      sum += values[i];
      gradient[i] *= (i < turned ? -factor : factor) / batch;
    }
    return (factor * sum) / batch;
  };

  return {
    generatorSeesReal: false,
    discriminator(logits, gradient) {
      if (!rule.fakeSoftplus) return discriminatorLoss(rule, logits, batch, gradient);
      for (let i = 0; i < 2 * batch; i++) signed[i] = i < batch ? -logits[i] : logits[i];
      return softplusLoss(signed, batch, 1, gradient);
    },
    generator(logits, gradient) {
      if (rule.generatorSoftplus === undefined) return generatorLoss(rule, logits, batch, gradient);
      const { factor, sign } = rule.generatorSoftplus;
      for (let i = 0; i < batch; i++) fakes[i] = sign * logits[i];
      return softplusLoss(fakes, sign === -1 ? batch : 0, factor, gradient);
    },
  };
}
