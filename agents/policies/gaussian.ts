import type { Box } from "../../envs/spaces/index.js";
import { exp } from "../../src/math/elementary/exponential.js";
import { log } from "../../src/math/elementary/logarithm.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Policy } from "./policy.js";

const halfLogTwoPi = 0.5 * log(2 * Math.PI);

/**
 * The number in [low, high] that is nearest to a value. NaN, of a network that has overflowed, counts as 0: the
 * environment goes on, and the update that learns from such an action ends the run as diverged.
 */
export function intoBox(value: number, low: number, high: number): number {
  return Math.min(Math.max(Number.isNaN(value) ? 0 : value, low), high);
}

/**
 * Independent normals around means μ [rows, d] that a network gives, with deviations σ = exp(ω) [d] that depend on no
 * observation: ω are the policy's own parameters.
 *
 *     z = (a − μ)/σ,     log π(a) = − Σ (½ z² + ω + ½ log 2π),     H = Σ (ω + ½ + ½ log 2π)
 *     ∂ log π/∂μ = z/σ,     ∂ log π/∂ω = z² − 1,     ∂H/∂ω = 1
 *
 * Draws are not bounded; the environment gets them clipped to its box, and the probabilities stay those of the draws.
 *
 * Source: Williams (1992), section 6; as `ppo_continuous_action.py` of CleanRL has it.
 */
export class Gaussian implements Policy {
  readonly outputs: number;
  readonly parameters: number;
  readonly width: number;
  readonly logProbabilities: Float64Array;
  readonly entropies: Float64Array;

  readonly #initialDeviation: number;
  readonly #low: Float32Array;
  readonly #high: Float32Array;
  readonly #noise: Float64Array;
  readonly #deviations: Float64Array;
  #means: Float32Array = new Float32Array(0);
  #actions: Float32Array = new Float32Array(0);

  /**
   * @param maxRows most rows of a batch
   * @param initialDeviation σ to begin with, in the units of the action
   */
  constructor({ low, high }: Box, maxRows: number, initialDeviation = 1) {
    this.#initialDeviation = initialDeviation;
    this.outputs = low.length;
    this.parameters = low.length;
    this.width = low.length;
    this.#low = low;
    this.#high = high;
    this.#noise = new Float64Array(maxRows * low.length);
    this.#deviations = new Float64Array(low.length);
    this.logProbabilities = new Float64Array(maxRows);
    this.entropies = new Float64Array(maxRows);
  }

  initialise(own: Float32Array): void {
    own.fill(log(this.#initialDeviation));
  }

  sample(means: Float32Array, own: Float32Array, stream: RandomStream, actions: Float32Array): void {
    this.#setDeviations(own);
    stream.fillNormal(this.#noise, 0, 1, actions.length);
    for (let i = 0; i < actions.length; i++) {
      actions[i] = means[i] + this.#deviations[i % this.width] * this.#noise[i];
    }
  }

  mode(means: Float32Array, _own: Float32Array, actions: Float32Array): void {
    for (let i = 0; i < actions.length; i++) actions[i] = means[i];
  }

  execute(actions: Float32Array, executed: Float32Array): void {
    for (let i = 0; i < actions.length; i++) {
      const k = i % this.width;
      executed[i] = intoBox(actions[i], this.#low[k], this.#high[k]);
    }
  }

  evaluate(means: Float32Array, own: Float32Array, actions: Float32Array): void {
    this.#setDeviations(own);
    this.#means = means;
    this.#actions = actions;
    const d = this.width;
    let constant = 0;
    for (let k = 0; k < d; k++) constant += own[k] + halfLogTwoPi;
    const rows = actions.length / d;
    for (let row = 0; row < rows; row++) {
      let squares = 0;
      for (let k = 0; k < d; k++) {
        const z = this.#standardised(row * d + k, k);
        squares += z * z;
      }
      this.logProbabilities[row] = -0.5 * squares - constant;
      this.entropies[row] = 0.5 * d + constant;
    }
  }

  gradient(
    weights: Float64Array,
    entropyCoefficient: number,
    outputGradient: Float32Array,
    ownGradient: Float32Array,
  ): void {
    const d = this.width;
    const rows = this.#actions.length / d;
    for (let k = 0; k < d; k++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const z = this.#standardised(row * d + k, k);
        outputGradient[row * d + k] = (-weights[row] * z) / (this.#deviations[k] * rows);
        sum += weights[row] * (z * z - 1);
      }
      ownGradient[k] = -sum / rows - entropyCoefficient;
    }
  }

  /** z of entry i of the batch, which is entry k of its action. */
  #standardised(i: number, k: number): number {
    return (this.#actions[i] - this.#means[i]) / this.#deviations[k];
  }

  #setDeviations(own: Float32Array): void {
    for (let k = 0; k < this.width; k++) this.#deviations[k] = exp(own[k]);
  }
}
