import type { Discrete } from "../../envs/spaces/index.js";
import type { Engine } from "../../src/kernels/engine.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Policy } from "./policy.js";

/**
 * One of n actions, with the probabilities of a softmax of logits l [rows, n]:
 *
 *     log pₖ = lₖ − log Σⱼ exp lⱼ,     H = − Σ pₖ log pₖ
 *     ∂ log pₐ/∂lₖ = 1[k = a] − pₖ,    ∂H/∂lₖ = − pₖ (log pₖ + H)
 *
 * An action is its index from 0, `width` 1; the policy has no parameters of its own. The logits may be a network's
 * outputs or, as in a bandit, parameters themselves.
 */
export class Softmax implements Policy {
  readonly outputs: number;
  readonly parameters = 0;
  readonly width = 1;
  readonly logProbabilities: Float64Array;
  readonly entropies: Float64Array;

  readonly #engine: Engine;
  readonly #first: number;
  /** log p and p of every action, [rows, n]. */
  readonly #logs: Float32Array;
  readonly #probabilities: Float32Array;
  #actions: Float32Array = new Float32Array(0);

  /** @param maxRows most rows of a batch */
  constructor(engine: Engine, { n, start }: Discrete, maxRows: number) {
    this.outputs = n;
    this.#engine = engine;
    this.#first = start;
    this.#logs = engine.allocate(maxRows * n);
    this.#probabilities = engine.allocate(maxRows * n);
    this.logProbabilities = new Float64Array(maxRows);
    this.entropies = new Float64Array(maxRows);
  }

  initialise(): void {}

  sample(logits: Float32Array, _own: Float32Array, stream: RandomStream, actions: Float32Array): void {
    this.#normalise(logits, actions.length);
    const n = this.outputs;
    for (let row = 0; row < actions.length; row++) actions[row] = stream.categorical(this.#probabilities, row * n, n);
  }

  mode(logits: Float32Array, _own: Float32Array, actions: Float32Array): void {
    const n = this.outputs;
    for (let row = 0; row < actions.length; row++) {
      let best = 0;
      for (let k = 1; k < n; k++) if (logits[row * n + k] > logits[row * n + best]) best = k;
      actions[row] = best;
    }
  }

  execute(actions: Float32Array, executed: Float32Array): void {
    for (let row = 0; row < actions.length; row++) executed[row] = this.#first + actions[row];
  }

  evaluate(logits: Float32Array, _own: Float32Array, actions: Float32Array): void {
    const n = this.outputs;
    const logs = this.#logs;
    const probabilities = this.#probabilities;
    this.#actions = actions;
    this.#normalise(logits, actions.length);
    for (let row = 0; row < actions.length; row++) {
      let entropy = 0;
      // A probability that underflows to 0 counts nothing, as p log p does in the limit.
      for (let k = row * n; k < (row + 1) * n; k++) if (probabilities[k] !== 0) entropy -= probabilities[k] * logs[k];
      this.entropies[row] = entropy;
      this.logProbabilities[row] = logs[row * n + actions[row]];
    }
  }

  gradient(weights: Float64Array, entropyCoefficient: number, outputGradient: Float32Array): void {
    const n = this.outputs;
    const rows = this.#actions.length;
    for (let row = 0; row < rows; row++) {
      const chosen = row * n + this.#actions[row];
      for (let k = row * n; k < (row + 1) * n; k++) {
        const p = this.#probabilities[k];
        const towards = weights[row] * (p - (k === chosen ? 1 : 0));
        const spread = p === 0 ? 0 : p * (this.#logs[k] + this.entropies[row]);
        outputGradient[k] = (towards + entropyCoefficient * spread) / rows;
      }
    }
  }

  #normalise(logits: Float32Array, rows: number): void {
    this.#engine.softmax(rows, this.outputs, logits, this.#logs, this.#probabilities);
  }
}
