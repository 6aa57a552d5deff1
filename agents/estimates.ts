import { generalisedAdvantages, type Trajectories } from "./advantages.js";
import type { PlacedNetwork } from "./networks.js";
import type { Rollout } from "./rollout.js";

/** A value network's view of a rollout, flat arrays [T, N] as the rollout's. */
export class Estimates {
  /** V(sₜ). */
  readonly values: Float64Array;
  /** Aₜ of generalised advantage estimation. */
  readonly advantages: Float64Array;
  /** Rₜ = Aₜ + V(sₜ). */
  readonly returns: Float64Array;
  readonly #rollout: Rollout;
  readonly #trajectories: Trajectories & { readonly nextValues: Float64Array };
  readonly #bootstrap: Float64Array;

  constructor(rollout: Rollout) {
    const { copies, size, maxBootstrapRows, rewards, terminated, truncated } = rollout;
    const [values, nextValues] = [new Float64Array(size), new Float64Array(size)];
    this.values = values;
    this.advantages = new Float64Array(size);
    this.returns = new Float64Array(size);
    this.#rollout = rollout;
    this.#trajectories = { copies, rewards, values, nextValues, terminated, truncated };
    this.#bootstrap = new Float64Array(maxBootstrapRows);
  }

  /**
   * Estimates what the rollout holds now.
   *
   * Values are taken after the rollout, in two batches: the parameters have not moved since its first step. The second,
   * of all its observations, is the network's last forward afterwards, and a backward may follow.
   *
   * @param gamma discount γ
   * @param lambda λ of generalised advantage estimation
   */
  compute({ net, parameters }: PlacedNetwork, gamma: number, lambda: number): void {
    const { values, advantages, returns } = this;
    const rollout = this.#rollout;
    this.#bootstrap.set(net.forward(parameters, rollout.bootstrapObservations, rollout.bootstrapRows));
    values.set(net.forward(parameters, rollout.observations, rollout.size));
    rollout.nextValues(values, this.#bootstrap, this.#trajectories.nextValues);
    generalisedAdvantages(this.#trajectories, gamma, lambda, advantages);
    for (let k = 0; k < returns.length; k++) returns[k] = advantages[k] + values[k];
  }

  /** 1 − Var(R − V)/Var(R), of values and returns as {@link compute} left them. */
  explainedVariance(): number {
    const { values, returns } = this;
    const count = returns.length;
    let errorSum = 0;
    let errorSquares = 0;
    let returnSum = 0;
    let returnSquares = 0;
    for (let k = 0; k < count; k++) {
      const error = returns[k] - values[k];
      errorSum += error;
      errorSquares += error * error;
      returnSum += returns[k];
      returnSquares += returns[k] * returns[k];
    }
    return 1 - variance(errorSum, errorSquares, count) / variance(returnSum, returnSquares, count);
  }
}

function variance(sum: number, squares: number, count: number): number {
  return squares / count - (sum / count) * (sum / count);
}
