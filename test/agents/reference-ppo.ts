import { backward, forward, mean, type Network, parametersOf, probabilities, sum, zeros } from "./plain-network.js";

/**
 * Proximal policy optimisation once more, from Schulman et al. (2017), Schulman et al. (2016) and Kingma and Ba (2015),
 * on plain arrays in double precision: no kernels, nothing of the project. For a softmax policy and a value, each a
 * network of one hidden tanh layer, moved by one Adam.
 */

export interface ReferenceOptions {
  readonly epochs: number;
  readonly minibatches: number;
  readonly gamma: number;
  readonly lambda: number;
  readonly clip: number;
  readonly entropy: number;
  readonly valueCoefficient: number;
  readonly maxGradientNorm: number;
  readonly lr: number;
  readonly eps: number;
}

/** One copy's step. */
export interface Transition {
  readonly observation: readonly number[];
  readonly action: number;
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  /** The observation after it, within the same episode. */
  readonly next: readonly number[];
}

export class ReferencePpo {
  readonly #options: ReferenceOptions;
  readonly #moments: { m: number[][]; v: number[][] }[];
  #steps = 0;

  constructor(
    readonly policy: Network,
    readonly value: Network,
    options: ReferenceOptions,
  ) {
    this.#options = options;
    const empty = (net: Network) => ({ m: parametersOf(zeros(net)), v: parametersOf(zeros(net)) });
    this.#moments = [empty(policy), empty(value)];
  }

  /**
   * Learns from one rollout.
   *
   * @param rollout [T][N]
   * @param orders for each epoch the order in which entries t·N + i are learned from
   */
  update(rollout: readonly (readonly Transition[])[], orders: readonly (readonly number[])[]): void {
    const { gamma, lambda, minibatches } = this.#options;
    const predicted = (x: readonly number[]) => forward(this.value, x).y[0];
    const copies = rollout[0].length;
    const entries = rollout.flat();
    const oldValues = entries.map(({ observation }) => predicted(observation));
    const oldProbabilities = entries.map(({ observation, action }) => {
      return probabilities(forward(this.policy, observation).y)[action];
    });
    const advantages: number[] = new Array(entries.length).fill(0);
    for (let i = 0; i < copies; i++) {
      let following = 0;
      for (let t = rollout.length - 1; t >= 0; t--) {
        const { reward, terminated, truncated, next } = rollout[t][i];
        const delta = reward + (terminated ? 0 : gamma * predicted(next)) - oldValues[t * copies + i];
        following = delta + (terminated || truncated ? 0 : gamma * lambda * following);
        advantages[t * copies + i] = following;
      }
    }
    const returns = advantages.map((advantage, k) => advantage + oldValues[k]);
    for (const order of orders) {
      const rows = order.length / minibatches;
      for (let start = 0; start < order.length; start += rows) {
        const batch = order.slice(start, start + rows);
        this.#step(entries, batch, advantages, returns, oldValues, oldProbabilities);
      }
    }
  }

  #step(
    entries: readonly Transition[],
    batch: readonly number[],
    advantages: readonly number[],
    returns: readonly number[],
    oldValues: readonly number[],
    oldProbabilities: readonly number[],
  ): void {
    const { clip, entropy, valueCoefficient } = this.#options;
    const gradients = [zeros(this.policy), zeros(this.value)];
    const center = mean(batch.map((k) => advantages[k]));
    const deviation = Math.sqrt(mean(batch.map((k) => (advantages[k] - center) ** 2)));
    for (const k of batch) {
      const { observation, action } = entries[k];
      const advantage = (advantages[k] - center) / (deviation + 1e-8);
      const { h, y } = forward(this.policy, observation);
      const p = probabilities(y);
      const ratio = p[action] / oldProbabilities[k];
      // Increasing the ratio beyond 1 ± ε in the advantage's direction gains nothing.
      const stopped = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
      const h0 = -sum(p.map((q) => q * Math.log(q)));
      const dLogits = p.map((q, a) => {
        const dRatio = stopped ? 0 : ratio * ((a === action ? 1 : 0) - q);
        const dEntropy = -q * (Math.log(q) + h0);
        return -(advantage * dRatio + entropy * dEntropy) / batch.length;
      });
      backward(this.policy, observation, h, dLogits, gradients[0]);

      const critic = forward(this.value, observation);
      const v = critic.y[0];
      const held = oldValues[k] + Math.min(Math.max(v - oldValues[k], -clip), clip);
      const heldIsWorse = (held - returns[k]) ** 2 > (v - returns[k]) ** 2;
      const dValue = heldIsWorse && held !== v ? 0 : v - returns[k];
      backward(this.value, observation, critic.h, [(valueCoefficient * dValue) / batch.length], gradients[1]);
    }
    this.#adam(gradients);
  }

  #adam(gradients: readonly Network[]): void {
    const { maxGradientNorm, lr, eps } = this.#options;
    const all = gradients.map(parametersOf);
    const norm = Math.sqrt(sum(all.flat(2).map((g) => g * g)));
    const factor = Math.min(1, maxGradientNorm / norm);
    this.#steps++;
    [this.policy, this.value].forEach((net, n) => {
      const { m, v } = this.#moments[n];
      parametersOf(net).forEach((row, r) => {
        row.forEach((_, i) => {
          const g = factor * all[n][r][i];
          m[r][i] = 0.9 * m[r][i] + 0.1 * g;
          v[r][i] = 0.999 * v[r][i] + 0.001 * g * g;
          const mHat = m[r][i] / (1 - 0.9 ** this.#steps);
          const vHat = v[r][i] / (1 - 0.999 ** this.#steps);
          row[i] -= (lr * mHat) / (Math.sqrt(vHat) + eps);
        });
      });
    });
  }
}
