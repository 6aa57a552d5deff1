import type { Vector } from "../optim/index.js";

/** A running average of a parameter vector. */
export interface Averaging {
  /** Takes the parameters as they are into the average. */
  add(): void;
  /** Runs a function while the parameters are the averaged ones, and puts the others back. */
  during<T>(run: () => T): T;
}

/**
 * The exponential moving average of a generator's weights,
 *
 *     θ̄ ← d θ̄ + (1 − d) θ,   d = min(decay, (1 + t)/(10 + t))
 *
 * with t the number of averagings before; the warm-up forgets the start. In float64 whatever the parameters' precision.
 *
 * Source: Yazıcı et al. (2019); the warm-up as in `tf.train.ExponentialMovingAverage`.
 */
export function averaging(parameters: Vector, decay: number): Averaging {
  const average = Float64Array.from(parameters);
  let count = 0;
  return {
    add() {
      const kept = Math.min(decay, (1 + count) / (10 + count));
      count++;
      for (let i = 0; i < average.length; i++) average[i] = kept * average[i] + (1 - kept) * parameters[i];
    },
    during(run) {
      const raw = parameters.slice();
      parameters.set(average);
      try {
        return run();
      } finally {
        parameters.set(raw);
      }
    },
  };
}
