import type { VectorEnv } from "../envs/vector.js";
import type { Engine } from "../src/kernels/engine.js";
import type { OnEpisode, Refusal, RunSettings } from "./agent.js";
import type { Normalisers } from "./normalisers.js";

/**
 * Chooses an action for every row of observations [copies, observation size].
 *
 * @param actions [copies, action width], overwritten with what the policy drew, which the rollout keeps
 * @param executed the same as elements of the action space, which the environment gets
 */
export type Act = (observations: Float32Array, actions: Float32Array, executed: Float32Array) => void;

/**
 * T steps of N copies, played by one policy, as flat arrays [T, N]: entry t·N + i is copy i's step t.
 *
 * Besides what each step saw it keeps the observations whose values stand for a future that was not played: one per
 * copy after the last step, then one per truncation in the order of the entries.
 */
export class Rollout {
  /** N. */
  readonly copies: number;
  /** Number of entries, T·N. */
  readonly size: number;
  /** [T·N, observation size], a vector of the engine. */
  readonly observations: Float32Array;
  /** [T·N, action width], as the policy drew them: what the environment got may be clipped or squashed. */
  readonly actions: Float32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** [bootstrapRows, observation size], a vector of the engine. */
  readonly bootstrapObservations: Float32Array;
  bootstrapRows = 0;
  /** What the next rollout begins with: `started` is 1 once the environment has been reset. */
  readonly state: { started: number; readonly next: Float32Array };

  readonly #env: VectorEnv;
  readonly #steps: number;
  /** One window into the observations per step, one more for those after the last step. */
  readonly #windows: Float32Array[];
  /** One window into the actions per step. */
  readonly #actionWindows: Float32Array[];
  readonly #rewardWindows: Float64Array[];
  readonly #executed: Float32Array;
  /** The last observation of one episode. */
  readonly #final: Float32Array;
  readonly #normalisers: Normalisers;
  constructor(engine: Engine, env: VectorEnv, steps: number, normalisers: Normalisers = {}) {
    const { copies, spec } = env;
    const width = spec.observationSpace.size;
    const actionWidth = spec.actionSpace.width;
    this.#env = env;
    this.#steps = steps;
    this.#normalisers = normalisers;
    this.copies = copies;
    this.size = steps * copies;
    this.observations = engine.allocate(this.size * width);
    this.actions = new Float32Array(this.size * actionWidth);
    this.rewards = new Float64Array(this.size);
    this.terminated = new Uint8Array(this.size);
    this.truncated = new Uint8Array(this.size);
    this.bootstrapObservations = engine.allocate((copies + this.size) * width);
    const rows = copies * width;
    const perStep = (entries: Float32Array, length: number) =>
      Array.from({ length: steps }, (_, t) => entries.subarray(t * length, (t + 1) * length));
    this.#windows = [...perStep(this.observations, rows), this.bootstrapObservations.subarray(0, rows)];
    this.state = { started: 0, next: this.#windows[steps] };
    this.#rewardWindows = Array.from({ length: steps }, (_, t) => this.rewards.subarray(t * copies, (t + 1) * copies));
    this.#actionWindows = perStep(this.actions, copies * actionWidth);
    this.#executed = new Float32Array(copies * actionWidth);
    this.#final = new Float32Array(width);
  }

  /** Most rows that {@link bootstrapObservations} can have. */
  get maxBootstrapRows(): number {
    return this.size + this.copies;
  }

  /** Plays on from where the last rollout stopped; the first one resets the environment. */
  collect(act: Act, onEpisode: OnEpisode): void {
    const env = this.#env;
    const { copies } = this;
    if (this.state.started) this.#windows[0].set(this.state.next);
    else this.#see(env.reset(this.#windows[0]));
    this.state.started = 1;
    this.bootstrapRows = copies;
    for (let t = 0; t < this.#steps; t++) {
      act(this.#windows[t], this.#actionWindows[t], this.#executed);
      env.step(this.#executed, this.#windows[t + 1]);
      this.#see(this.#windows[t + 1]);
      this.#rewardWindows[t].set(env.rewards);
      this.#normalisers.rewards?.apply(this.#rewardWindows[t], env.terminated, env.truncated);
      this.terminated.set(env.terminated, t * copies);
      this.truncated.set(env.truncated, t * copies);
      for (let i = 0; i < copies; i++) {
        if (!(env.terminated[i] | env.truncated[i])) continue;
        if (needsBootstrap(env, i)) this.#keepFinalObservation(i);
        onEpisode(env.clock, env.episodeReturns[i], env.episodeLengths[i], i);
      }
    }
  }

  /**
   * The value after each step within the same episode: that of the next entry, or of the kept observation where the
   * rollout or the episode was cut off. Entries where the episode terminated are left as they are.
   *
   * @param values V of {@link observations}, [T·N]
   * @param bootstrap V of {@link bootstrapObservations}, [bootstrapRows]
   * @param out [T·N], overwritten
   */
  nextValues(values: ArrayLike<number>, bootstrap: ArrayLike<number>, out: Float64Array): void {
    const { copies } = this;
    const lastStep = this.size - copies;
    let kept = copies;
    for (let k = 0; k < this.size; k++) {
      if (this.terminated[k]) continue;
      if (this.truncated[k]) out[k] = bootstrap[kept++];
      else out[k] = k < lastStep ? values[k + copies] : bootstrap[k - lastStep];
    }
  }

  #keepFinalObservation(copy: number): void {
    const final = this.#final;
    const width = final.length;
    for (let v = 0; v < width; v++) final[v] = this.#env.finalObservations[copy * width + v];
    this.#normalisers.observations?.apply(final, final);
    this.bootstrapObservations.set(final, this.bootstrapRows * width);
    this.bootstrapRows++;
  }

  /** Normalises a step's observations, where they are to be. */
  #see(observations: Float32Array): void {
    const { observations: normaliser } = this.#normalisers;
    normaliser?.add(observations);
    normaliser?.apply(observations, observations);
  }
}

/** An episode that terminated has no future, also when it was truncated at the same step. */
function needsBootstrap(env: VectorEnv, copy: number): boolean {
  return env.truncated[copy] === 1 && env.terminated[copy] === 0;
}

/** Refuses a run that has no room for one rollout. */
export function refuseShortRun(rollout: number, { copies, steps }: RunSettings): Refusal | undefined {
  const size = copies * rollout;
  if (steps >= size) return undefined;
  return { path: ["steps"], message: `expected at least one rollout, ${copies} copies × ${rollout} steps = ${size}` };
}
