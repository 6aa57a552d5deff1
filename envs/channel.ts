import { factorial, permutation } from "../src/math/permutation.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import { type ParameterSpec, Parameters } from "./parameters.js";
import type { Box, Discrete, Space } from "./spaces/index.js";

/** Most actions of which every permutation has a number that a double holds exactly. */
const MOST_PERMUTED = 18;

/**
 * The channel between an environment's dynamics and its agent, the same for every environment: actions may be permuted
 * or scaled, rewards scaled and noisy, observations scaled, offset and noisy. As parameters they can be set and drift
 * like any physical one.
 *
 *     action      ↦ permutation(action) if discrete; clip(actionScale · action) if a box
 *     reward      ↦ rewardScale · reward + rewardNoise · N(0, 1)
 *     observation ↦ observationScale.k · observation_k + observationOffset.k + observationNoise · N(0, 1), if a box
 *
 * By default it changes nothing and costs nothing. Noise is drawn from the stream `noise/i` of copy i, so that it
 * moves no other randomness. The observation space says what an environment shows by default: scaled or noisy
 * observations may leave it.
 */
export class Channel {
  readonly parameters: Parameters;
  readonly #actionSpace: Space;
  readonly #width: number;
  readonly #actions: Float64Array;
  #permutation: Int32Array | undefined;
  #actionScale = 1;
  #rewardScale = 1;
  #rewardNoise = 0;
  #seesThrough = true;
  readonly #scales: Float64Array;
  readonly #offsets: Float64Array;
  #observationNoise = 0;

  constructor(observationSpace: Space, actionSpace: Space, copies: number) {
    this.#actionSpace = actionSpace;
    this.#width = observationSpace.size;
    this.#actions = new Float64Array(copies * actionSpace.width);
    this.#scales = new Float64Array(this.#width).fill(1);
    this.#offsets = new Float64Array(this.#width);
    this.parameters = new Parameters(channelParameters(observationSpace, actionSpace), (values) => this.#set(values));
  }

  #set(values: Readonly<Record<string, number>>): void {
    const { actionPermutation = 0, actionScale = 1, observationNoise = 0 } = values;
    this.#permutation =
      actionPermutation === 0 ? undefined : permutation((this.#actionSpace as Discrete).n, actionPermutation);
    this.#actionScale = actionScale;
    this.#rewardScale = values.rewardScale;
    this.#rewardNoise = values.rewardNoise;
    this.#observationNoise = observationNoise;
    this.#seesThrough = observationNoise === 0;
    for (let k = 0; k < this.#width; k++) {
      this.#scales[k] = values[`observationScale.${k}`] ?? 1;
      this.#offsets[k] = values[`observationOffset.${k}`] ?? 0;
      if (this.#scales[k] !== 1 || this.#offsets[k] !== 0) this.#seesThrough = false;
    }
  }

  /** The chosen actions as they reach the dynamics; the same array where nothing changes them. */
  actions(chosen: ArrayLike<number>): ArrayLike<number> {
    if (this.#permutation !== undefined) {
      const { start } = this.#actionSpace as Discrete;
      for (let i = 0; i < chosen.length; i++) this.#actions[i] = start + this.#permutation[chosen[i] - start];
      return this.#actions;
    }
    if (this.#actionScale === 1) return chosen;
    const { low, high } = this.#actionSpace as Box;
    for (let i = 0; i < chosen.length; i++) {
      const k = i % low.length;
      this.#actions[i] = Math.min(Math.max(this.#actionScale * chosen[i], low[k]), high[k]);
    }
    return this.#actions;
  }

  /** Writes what reaches the agent of the dynamics' rewards. */
  rewards(given: Float64Array, into: Float64Array, noise: readonly RandomStream[]): void {
    if (this.#rewardScale === 1 && this.#rewardNoise === 0) {
      into.set(given);
      return;
    }
    for (let i = 0; i < given.length; i++) {
      into[i] = this.#rewardScale * given[i];
      if (this.#rewardNoise > 0) into[i] += this.#rewardNoise * noise[i].normal();
    }
  }

  /** Turns the observation that stands at `offset` into what reaches the agent. */
  observation(row: Float32Array, offset: number, noise: RandomStream): void {
    if (this.#seesThrough) return;
    for (let k = 0; k < this.#width; k++) {
      let value = this.#scales[k] * row[offset + k] + this.#offsets[k];
      if (this.#observationNoise > 0) value += this.#observationNoise * noise.normal();
      row[offset + k] = value;
    }
  }
}

/** The parameters of the channel of an environment with these spaces. */
export function channelParameters(observationSpace: Space, actionSpace: Space): Record<string, ParameterSpec> {
  const specs: Record<string, ParameterSpec> = {
    rewardScale: { default: 1, description: "factor of the reward; a negative one turns its sign" },
    rewardNoise: { default: 0, low: 0, description: "standard deviation of noise on the reward" },
  };
  if (actionSpace.kind === "discrete" && actionSpace.size <= MOST_PERMUTED) {
    const high = factorial(actionSpace.size) - 1;
    const description = `number of the actions' permutation in lexicographic order: 0 the identity, ${high} the reversal`;
    specs.actionPermutation = { default: 0, low: 0, high, integer: true, description };
  }
  if (actionSpace.kind === "box") {
    specs.actionScale = { default: 1, description: "factor of the action before clipping; −1 inverts it" };
  }
  if (observationSpace.kind !== "box") return specs;
  specs.observationNoise = { default: 0, low: 0, description: "standard deviation of noise on the observation" };
  for (let k = 0; k < observationSpace.size; k++) {
    specs[`observationScale.${k}`] = { default: 1, description: `factor of entry ${k} of the observation` };
    specs[`observationOffset.${k}`] = { default: 0, description: `added to entry ${k} of the observation` };
  }
  return specs;
}
