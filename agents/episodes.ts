import type { VectorEnv } from "../envs/vector.js";
import type { Engine } from "../src/kernels/engine.js";
import type { OnEpisode } from "./agent.js";
import type { Act } from "./rollout.js";

/**
 * Whole episodes of a single copy, one after the other in flat arrays: entry t is step t, counted through.
 *
 * An episode that is cut off by the end of the run is dropped.
 */
export class Episodes {
  /** Steps of all of them together. */
  size = 0;
  /** [size, observation size], a vector of the engine; so are those below, each longer than what is filled. */
  readonly observations: Float32Array;
  /** [size, action width], as the policy drew them. */
  readonly actions: Float32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** The last observation of each episode, [episodes, observation size], a vector of the engine. */
  readonly finalObservations: Float32Array;

  readonly #env: VectorEnv;
  readonly #count: number;
  /** Of one step; windows of those above would be made anew at every step. */
  readonly #observation: Float32Array;
  readonly #action: Float32Array;
  readonly #executed: Float32Array;

  /**
   * @param env of one copy, whose episodes have a largest length
   * @param count episodes to play
   */
  constructor(engine: Engine, env: VectorEnv, count: number) {
    const { observationSpace, actionSpace, maxEpisodeSteps } = env.spec;
    const capacity = count * maxEpisodeSteps;
    this.#env = env;
    this.#count = count;
    this.observations = engine.allocate(capacity * observationSpace.size);
    this.finalObservations = engine.allocate(count * observationSpace.size);
    this.actions = new Float32Array(capacity * actionSpace.width);
    this.rewards = new Float64Array(capacity);
    this.terminated = new Uint8Array(capacity);
    this.truncated = new Uint8Array(capacity);
    this.#observation = engine.allocate(observationSpace.size);
    this.#action = new Float32Array(actionSpace.width);
    this.#executed = new Float32Array(actionSpace.width);
  }

  /** Most steps that the episodes can have together. */
  get capacity(): number {
    return this.rewards.length;
  }

  /**
   * Plays the episodes, each from a new start.
   *
   * @param act chooses by one observation, in a vector of the engine
   * @param limit most steps to take
   * @returns false where they did not suffice
   */
  collect(act: Act, limit: number, onEpisode: OnEpisode): boolean {
    const env = this.#env;
    const inputs = this.#observation.length;
    this.size = 0;
    env.reset(this.#observation);
    for (let ended = 0; ended < this.#count; ) {
      if (this.size === limit) return false;
      const t = this.size++;
      this.observations.set(this.#observation, t * inputs);
      act(this.#observation, this.#action, this.#executed);
      this.actions.set(this.#action, t * this.#action.length);
      env.step(this.#executed, this.#observation);
      this.rewards[t] = env.rewards[0];
      this.terminated[t] = env.terminated[0];
      this.truncated[t] = env.truncated[0];
      if (!(env.terminated[0] | env.truncated[0])) continue;
      this.finalObservations.set(env.finalObservations, ended * inputs);
      ended++;
      onEpisode(env.clock, env.episodeReturns[0], env.episodeLengths[0], 0);
    }
    return true;
  }
}
