import type { Engine } from "../src/kernels/engine.js";
import { normalise } from "./advantages.js";
import type { Estimates } from "./estimates.js";
import type { Rollout } from "./rollout.js";

/** Some entries of a rollout, gathered side by side for the networks. */
export class Minibatch {
  /** [rows, observation size], a vector of the engine. */
  readonly observations: Float32Array;
  /** [rows, action width]. */
  readonly actions: Float32Array;
  readonly advantages: Float64Array;
  readonly returns: Float64Array;
  /** V and log π before the first epoch. */
  readonly oldValues: Float64Array;
  readonly oldLogs: Float64Array;
  /** Room for a weight of each row. */
  readonly weights: Float64Array;
  readonly #inputs: number;
  readonly #width: number;

  /**
   * @param inputs numbers of an observation
   * @param width numbers of an action
   */
  constructor(
    engine: Engine,
    readonly rows: number,
    inputs: number,
    width: number,
  ) {
    this.#inputs = inputs;
    this.#width = width;
    this.observations = engine.allocate(rows * inputs);
    this.actions = new Float32Array(rows * width);
    this.advantages = new Float64Array(rows);
    this.returns = new Float64Array(rows);
    this.oldValues = new Float64Array(rows);
    this.oldLogs = new Float64Array(rows);
    this.weights = new Float64Array(rows);
  }

  /**
   * @param chosen the rollout's entries, as many as there are rows
   * @param oldLogs log π of each of the rollout's entries
   * @param normalised whether advantages get mean 0 and deviation 1
   */
  gather(
    chosen: Int32Array,
    rollout: Rollout,
    { values, advantages, returns }: Estimates,
    oldLogs: Float64Array,
    normalised: boolean,
  ): void {
    copyRows(rollout.observations, chosen, this.#inputs, this.observations);
    copyRows(rollout.actions, chosen, this.#width, this.actions);
    for (let row = 0; row < chosen.length; row++) {
      const k = chosen[row];
      this.advantages[row] = advantages[k];
      this.returns[row] = returns[k];
      this.oldValues[row] = values[k];
      this.oldLogs[row] = oldLogs[k];
    }
    if (normalised) normalise(this.advantages);
  }
}

function copyRows(from: Float32Array, chosen: Int32Array, width: number, to: Float32Array): void {
  let at = 0;
  for (let row = 0; row < chosen.length; row++) {
    const start = chosen[row] * width;
    for (let v = 0; v < width; v++) to[at++] = from[start + v];
  }
}
