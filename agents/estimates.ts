import { generalisedAdvantages } from "./advantages.js";
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
  readonly #nextValues: Float64Array;
  readonly #bootstrap: Float64Array;

  constructor({ size, maxBootstrapRows }: Rollout) {
    this.values = new Float64Array(size);
    this.advantages = new Float64Array(size);
    this.returns = new Float64Array(size);
    this.#nextValues = new Float64Array(size);
    this.#bootstrap = new Float64Array(maxBootstrapRows);
  }

  /**
   * Values are taken after the rollout, in two batches: the parameters have not moved since its first step. The second,
   * of all its observations, is the network's last forward afterwards, and a backward may follow.
   *
   * @param gamma discount γ
   * @param lambda λ of generalised advantage estimation
   */
  compute(rollout: Rollout, { net, parameters }: PlacedNetwork, gamma: number, lambda: number): void {
    const { values, advantages, returns } = this;
    this.#bootstrap.set(net.forward(parameters, rollout.bootstrapObservations, rollout.bootstrapRows));
    values.set(net.forward(parameters, rollout.observations, rollout.size));
    rollout.nextValues(values, this.#bootstrap, this.#nextValues);
    const { copies, rewards, terminated, truncated } = rollout;
    const trajectories = { copies, rewards, values, nextValues: this.#nextValues, terminated, truncated };
    generalisedAdvantages(trajectories, gamma, lambda, advantages);
    for (let k = 0; k < returns.length; k++) returns[k] = advantages[k] + values[k];
  }

  /** 1 − Var(R − V)/Var(R), of values and returns as {@link compute} left them. */
  explainedVariance(): number {
    const { values, returns } = this;
    let [errorSum, errorSquares, returnSum, returnSquares] = [0, 0, 0, 0];
    for (let k = 0; k < returns.length; k++) {
      const error = returns[k] - values[k];
      errorSum += error;
      errorSquares += error * error;
      returnSum += returns[k];
      returnSquares += returns[k] * returns[k];
    }
    const variance = (sum: number, squares: number) =>
      squares / returns.length - (sum / returns.length) * (sum / returns.length);
    return 1 - variance(errorSum, errorSquares) / variance(returnSum, returnSquares);
  }
}
