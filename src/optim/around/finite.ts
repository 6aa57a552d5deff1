import type { Vector } from "../transform.js";

/** A gradient is NaN or infinite. Parameters and state are as they were before the step. */
export class NonFiniteGradientError extends Error {
  override readonly name = "NonFiniteGradientError";

  /**
   * @param optimizer its name
   * @param step the number of the update that was refused; the first is 1
   * @param index the first parameter whose gradient is not finite
   * @param value that gradient
   */
  constructor(
    readonly optimizer: string,
    readonly step: number,
    readonly index: number,
    readonly value: number,
  ) {
    super(`${optimizer}: the gradient of parameter ${index} is ${value} at step ${step}`);
  }
}

/** @throws NonFiniteGradientError naming the first entry that is NaN or infinite */
export function requireFinite(gradients: Vector, optimizer: string, step: number): void {
  // x · 0 is NaN for an x that is not finite and a zero otherwise: one sum without branches.
  let sum = 0;
  for (let i = 0; i < gradients.length; i++) sum += gradients[i] * 0;
  if (sum === 0) return;
  const index = gradients.findIndex((value) => !Number.isFinite(value));
  throw new NonFiniteGradientError(optimizer, step, index, gradients[index]);
}
