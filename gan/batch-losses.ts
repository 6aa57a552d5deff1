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
