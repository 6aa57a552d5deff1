import type { RandomStream } from "../src/rng/random-stream.js";

/**
 * The categorical distribution p = softmax(logits), one row at a time: {@link read} a row, then ask.
 *
 *     log pₖ = lₖ − max l − log Σⱼ exp(lⱼ − max l)
 *     H      = − Σ pₖ log pₖ
 *     ∂ log pₐ/∂lₖ = 1[k = a] − pₖ,     ∂H/∂lₖ = − pₖ (log pₖ + H)
 *
 * Computed in float64 whatever the logits' precision; allocates nothing after construction.
 */
export class Categorical {
  readonly probabilities: Float64Array;
  readonly logProbabilities: Float64Array;

  /** @param count number of choices */
  constructor(readonly count: number) {
    this.probabilities = new Float64Array(count);
    this.logProbabilities = new Float64Array(count);
  }

  /** Takes the logits of one row of a matrix [rows, count]. */
  read(logits: Float32Array | Float64Array, row: number): this {
    const { count, probabilities, logProbabilities } = this;
    const offset = row * count;
    let largest = logits[offset];
    for (let k = 1; k < count; k++) if (logits[offset + k] > largest) largest = logits[offset + k];
    let total = 0;
    for (let k = 0; k < count; k++) total += Math.exp(logits[offset + k] - largest);
    const logTotal = Math.log(total);
    for (let k = 0; k < count; k++) {
      logProbabilities[k] = logits[offset + k] - largest - logTotal;
      probabilities[k] = Math.exp(logProbabilities[k]);
    }
    return this;
  }

  /** In nats. */
  entropy(): number {
    let entropy = 0;
    // A probability that underflows to 0 counts nothing, as p log p does in the limit.
    for (let k = 0; k < this.count; k++) {
      if (this.probabilities[k] !== 0) entropy -= this.probabilities[k] * this.logProbabilities[k];
    }
    return entropy;
  }

  /** An index, by one draw from the stream. */
  sample(stream: RandomStream): number {
    return stream.categorical(this.probabilities);
  }
}
