import { z } from "zod";
import { check } from "../src/config/check.js";
import { InputError } from "../src/config/input-error.js";
import { show } from "../src/config/show.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import { Streams } from "../src/rng/streams.js";
import { Channel } from "./channel.js";
import { Drift } from "./drift/drift.js";
import type { DriftOptions } from "./drift/options.js";
import type { Dynamics, EnvSpec } from "./dynamics.js";
import { type Env, type Info, type Notice, type NotificationLevel, OutOfOrderError, type ResetOptions } from "./env.js";
import { NumpyStream } from "./numpy/numpy-stream.js";
import { Parameters } from "./parameters.js";
import { seedSchema } from "./seed.js";
import { checkSnapshot, type Phase, restoredStream, type Snapshot, saveStream } from "./snapshot.js";
import type { Space } from "./spaces/index.js";

const generatorSchema = z.enum(["ringdown", "numpy"]);

/**
 * One copy of an environment as an object: the contract, the time limit and the drift around its dynamics.
 *
 * Observations are fresh elements of the observation space: a number where it is Discrete, else an array. Randomness comes from the stream `env/0` of the seed, as it does for the first copy
 * of a {@link VectorEnv}: both see the same episodes.
 */
export class SingleEnv<Observation = Float32Array, Action = number> implements Env<Observation, Action> {
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;
  readonly #spec: EnvSpec;
  readonly #dynamics: Dynamics;
  readonly #channel: Channel;
  readonly #drift: Drift;
  readonly #driftOptions: DriftOptions;
  readonly #notification: NotificationLevel;
  readonly #reward = new Float64Array(1);
  /** Setting one recomputes whatever the environment derives from it. */
  readonly parameters: Parameters;
  readonly #action: Float64Array;
  readonly #row: Float32Array;
  /** The copy's stream, once there was a reset, and its noise. */
  #streams: RandomStream[] = [];
  #noise: RandomStream[] = [];
  #clock = 0;
  #elapsed = 0;
  #phase: Phase = "before the first reset";
  #frozen = false;

  /** @param drift checked by `checkDrift` */
  constructor(spec: EnvSpec, drift: DriftOptions, notification: NotificationLevel) {
    this.#spec = spec;
    // Clones, so that seeding one environment's space moves no other's.
    this.observationSpace = spec.observationSpace.clone() as Space<Observation>;
    this.actionSpace = spec.actionSpace.clone() as Space<Action>;
    this.#action = new Float64Array(this.actionSpace.width);
    this.#row = new Float32Array(this.observationSpace.size);
    this.#dynamics = spec.dynamics(1);
    this.#channel = new Channel(this.observationSpace, this.actionSpace, 1);
    this.parameters = Parameters.join(this.#dynamics.parameters, this.#channel.parameters);
    this.#drift = new Drift(drift, this.parameters, spec.distributions ?? {}, new Streams(0));
    this.#driftOptions = drift;
    this.#notification = notification;
  }

  get id() {
    return this.#spec.id;
  }
  /** The state in float64, a copy, in the order of the spec's `stateNames`. */
  get state() {
    return this.#dynamics.state.slice();
  }

  reset({ seed, options = {} }: ResetOptions = {}): [Observation, Info] {
    if (this.#phase === "closed") throw new OutOfOrderError(`${this.id}: reset after close`);
    const { state, generator, ...rest } = options;
    const unknown = Object.keys(rest)[0];
    if (unknown !== undefined) {
      throw new InputError(`${this.id}: options: unknown key "${unknown}"; valid: state, generator`);
    }
    if (state !== undefined) this.#checkState(state);
    if (seed !== undefined) check(seedSchema, seed, `${this.id}: seed`);
    if (generator !== undefined) this.#checkGenerator(generator, seed);
    if (seed !== undefined) this.#seed(seed, generator === "numpy");
    else if (this.#streams.length === 0) this.#seed(0, false);
    this.#drift.beginEpisode();
    if (state === undefined) this.#dynamics.start(0, this.#streams[0]);
    else this.#dynamics.state.set(state);
    this.#elapsed = 0;
    this.#phase = "running";
    return [this.#observe(), this.#info()];
  }

  step(action: Action): [Observation, number, boolean, boolean, Info] {
    if (this.#phase !== "running") throw new OutOfOrderError(`${this.id}: step ${this.#phase}; call reset`);
    if (!this.actionSpace.contains(action)) {
      throw new InputError(`${this.id}: action: expected ${this.actionSpace}, found ${show(action)}`);
    }
    if (!this.#frozen) this.#drift.apply(this.#clock, this.#elapsed);
    if (typeof action === "number") this.#action[0] = action;
    else this.#action.set(action as ArrayLike<number>);
    this.#dynamics.step(this.#channel.actions(this.#action), this.#streams);
    this.#channel.rewards(this.#dynamics.rewards, this.#reward, this.#noise);
    if (!this.#frozen) this.#clock++;
    this.#elapsed++;
    const terminated = this.#dynamics.terminated[0] === 1;
    const truncated = this.#elapsed >= this.#spec.maxEpisodeSteps || this.#dynamics.truncated?.[0] === 1;
    if (terminated || truncated) this.#phase = "after the episode's end";
    return [this.#observe(), this.#reward[0], terminated, truncated, this.#info()];
  }

  close(): void {
    this.#dynamics.close?.();
    this.#phase = "closed";
  }

  /** Lets the lifetime clock and with it the drift stand still until {@link unfreeze}, for planning. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Lets the lifetime clock go on. */
  unfreeze(): void {
    this.#frozen = false;
  }

  /**
   * All of this environment as plain data, generators included; the spaces' own streams are no part of it.
   *
   * @throws InputError where the state lies in a program
   */
  save(): Snapshot {
    if (this.#spec.outside) throw new InputError(`${this.id}: save: its state lies in a program; it has no snapshot`);
    return {
      id: this.id,
      state: [...this.state],
      parameters: this.parameters.snapshot(),
      clock: this.#clock,
      elapsed: this.#elapsed,
      phase: this.#phase,
      frozen: this.#frozen,
      drift: this.#drift.save(),
      streams: [...this.#streams, ...this.#noise].map(saveStream),
    };
  }

  /**
   * Goes on where a snapshot was taken, with the same bits.
   *
   * @throws InputError for a snapshot of another environment or another drift
   */
  restore(snapshot: Snapshot): void {
    checkSnapshot(snapshot, this.id, this.#driftOptions.length);
    const { state, parameters, clock, elapsed, phase, frozen, drift, streams } = snapshot;
    this.parameters.setAll(parameters);
    this.#dynamics.state.set(state);
    this.#clock = clock;
    this.#elapsed = elapsed;
    this.#phase = phase;
    this.#frozen = frozen;
    const ownStreams = new Streams(0);
    // Streams of its own: what is restored draws from none that another environment draws from.
    this.#drift.seed(ownStreams, clock);
    this.#drift.restore(drift);
    this.#streams = streams.slice(0, 1).map((saved) => restoredStream(saved, ownStreams.get("env/0")));
    this.#noise = streams.slice(1).map((saved) => restoredStream(saved, ownStreams.get("noise/0")));
  }

  /** Another environment that stands where this one stands; steps of either leave the other alone. */
  copy(): SingleEnv<Observation, Action> {
    const copy = new SingleEnv<Observation, Action>(this.#spec, this.#driftOptions, this.#notification);
    copy.restore(this.save());
    return copy;
  }

  #checkGenerator(generator: string, seed: number | undefined): void {
    check(generatorSchema, generator, `${this.id}: options.generator`);
    if (seed === undefined) throw new InputError(`${this.id}: options.generator: expected a seed beside it`);
    if (generator === "numpy" && this.#spec.numpySeeding !== true) {
      throw new InputError(`${this.id}: options.generator: "numpy" is for the environments that Gymnasium has too`);
    }
  }

  #checkState(state: ArrayLike<number>): void {
    const { stateNames, stateSpace } = this.#spec;
    const finite = state.length === stateNames.length && Array.from(state).every(Number.isFinite);
    if (finite && (stateSpace === undefined || stateSpace.fits(state, 0))) return;
    const wanted = stateSpace === undefined ? `${stateNames.length} finite numbers` : `a list of ${stateSpace}`;
    throw new InputError(
      `${this.id}: options.state: expected ${wanted} (${stateNames.join(", ")}), ` +
        `found ${JSON.stringify(Array.from(state, Number))}`,
    );
  }

  #observe(): Observation {
    this.#dynamics.observe(0, this.#row, 0);
    this.#channel.observation(this.#row, 0, this.#noise[0]);
    return this.observationSpace.unflatten(this.#row);
  }

  #info(): Info {
    const parameters = this.parameters.snapshot();
    return { parameters, changes: this.#drift.changes, clock: this.#clock, notice: this.#notice(parameters) };
  }

  #notice(parameters: Readonly<Record<string, number>>): Notice | null {
    if (this.#notification === "none") return null;
    const sizes = this.#frozen ? {} : this.#drift.sizes;
    const changed = Object.keys(sizes).length > 0;
    if (this.#notification === "flag") return { changed };
    return this.#notification === "size" ? { changed, sizes } : { changed, sizes, parameters };
  }

  #seed(seed: number, numpy: boolean): void {
    const streams = new Streams(seed);
    this.#streams = [numpy ? new NumpyStream(seed) : streams.get("env/0")];
    this.#noise = [streams.get("noise/0")];
    this.#drift.seed(streams, this.#clock);
  }
}
