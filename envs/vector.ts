import { InputError } from "../src/config/input-error.js";
import { RandomStream } from "../src/rng/random-stream.js";
import type { Streams } from "../src/rng/streams.js";
import { Channel } from "./channel.js";
import { Drift } from "./drift/drift.js";
import type { DriftOptions } from "./drift/options.js";
import type { Dynamics, EnvSpec } from "./dynamics.js";
import { OutOfOrderError } from "./env.js";
import { Parameters } from "./parameters.js";
import { checkVectorSnapshot, type VectorSnapshot } from "./snapshot.js";

/** The time at which a copy begins its next episode. */
export type Autoreset = "sameStep" | "nextStep" | "disabled";

/**
 * N copies of an environment that step together and allocate nothing.
 *
 * `autoreset` decides how a copy goes on whose episode ends. Its last observation stands in `finalObservations`
 * whichever it is.
 *
 * - `sameStep`, the default: it is reset within the same step, and its row of the observations is the new episode's
 *   first one. Every row of every step is a true transition, and the value after a truncation can be asked for.
 * - `nextStep`, Gymnasium's default: its row is the last observation; the next step ignores its action, resets it, and
 *   shows reward 0 and no flag. That row is no transition, and learning from it is a known mistake.
 * - `disabled`: its row is the last observation, and no further step is taken before {@link resetEnded}.
 *
 * Copy i draws from the stream `env/i`, whatever the other copies do. All arrays are overwritten by the next step.
 */
export class VectorEnv {
  /** Row i is copy i's current observation in its flat form, [copies, observation size]. */
  readonly observations: Float32Array;
  /** Row i is the last observation of the episode that copy i ended at this step; older where it ended none. */
  readonly finalObservations: Float32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** Sum of rewards and number of steps of the episode that copy i ended at this step; older where it ended none. */
  readonly episodeReturns: Float64Array;
  readonly episodeLengths: Int32Array;

  /** The truth: what the copies move under. Setting one takes effect at the next step. */
  readonly parameters: Parameters;

  readonly #autoreset: Autoreset;
  /** 1 where an episode has ended and the next one has not begun. */
  readonly #ended: Uint8Array;
  readonly #idle = new RandomStream(0, "idle");
  /** The streams that the copies draw from at this step: their own, but for those that wait for their reset. */
  readonly #drawing: RandomStream[];
  readonly #noiseDrawing: RandomStream[];
  #waiting = 0;
  readonly #dynamics: Dynamics;
  readonly #channel: Channel;
  readonly #drift: Drift;
  readonly #streams: RandomStream[];
  readonly #noise: RandomStream[];
  readonly #runningReturns: Float64Array;
  readonly #runningLengths: Int32Array;
  #clock = 0;
  #started = false;

  /**
   * @param streams whose `env/0`, `env/1`, … are drawn from
   * @param drift checked by `checkDrift`
   */
  constructor(
    readonly spec: EnvSpec,
    readonly copies: number,
    streams: Streams,
    drift: DriftOptions,
    autoreset: Autoreset = "sameStep",
  ) {
    this.#autoreset = autoreset;
    this.#ended = new Uint8Array(copies);
    const size = spec.observationSpace.size;
    this.#dynamics = spec.dynamics(copies);
    this.#channel = new Channel(spec.observationSpace, spec.actionSpace, copies);
    this.parameters = Parameters.join(this.#dynamics.parameters, this.#channel.parameters);
    this.#drift = new Drift(drift, this.parameters, spec.distributions ?? {}, streams);
    this.#streams = Array.from({ length: copies }, (_, i) => streams.get(`env/${i}`));
    this.#noise = Array.from({ length: copies }, (_, i) => streams.get(`noise/${i}`));
    this.#drawing = [...this.#streams];
    this.#noiseDrawing = [...this.#noise];
    this.observations = new Float32Array(copies * size);
    this.finalObservations = new Float32Array(copies * size);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies);
    this.truncated = new Uint8Array(copies);
    this.episodeReturns = new Float64Array(copies);
    this.episodeLengths = new Int32Array(copies);
    this.#runningReturns = new Float64Array(copies);
    this.#runningLengths = new Int32Array(copies);
  }

  /** Environment steps done so far, without those that only reset, summed over the copies; no reset touches it. */
  get clock(): number {
    return this.#clock;
  }
  /** The number of changes of parameters so far. */
  get changes(): number {
    return this.#drift.changes;
  }

  /** Ends the use of this environment. Closing twice is harmless; only a program's has something to give back. */
  close(): void {
    this.#dynamics.close?.();
  }

  /**
   * All of the copies as plain data but for the run's streams, which have to be saved with them; of a program's
   * environment only what is not inside the program.
   */
  save(): VectorSnapshot {
    return {
      id: this.spec.id,
      copies: this.copies,
      state: [...this.#dynamics.state],
      parameters: this.parameters.snapshot(),
      clock: this.#clock,
      started: this.#started,
      ended: [...this.#ended],
      returns: [...this.#runningReturns],
      lengths: [...this.#runningLengths],
      drift: this.#drift.save(),
    };
  }

  /**
   * Goes on where a snapshot was taken; with the streams restored too, with the same bits. A program's environment
   * cannot: it takes clock and parameters, and has to be reset.
   *
   * @throws InputError for a snapshot of another environment, of another number of copies or of drifting entries
   */
  restore(snapshot: VectorSnapshot): void {
    const { id } = this.spec;
    checkVectorSnapshot(snapshot, { id, copies: this.copies, entries: this.#drift.save().entries.length });
    const { state, parameters, clock, started, ended, returns, lengths, drift } = snapshot;
    this.parameters.setAll(parameters);
    this.#dynamics.state.set(state);
    this.#clock = clock;
    this.#started = started && this.spec.outside !== true;
    this.#ended.set(ended);
    this.#runningReturns.set(returns);
    this.#runningLengths.set(lengths);
    this.#drift.restore(drift);
    this.#waiting = ended.reduce((sum, one) => sum + one, 0);
    for (let i = 0; i < this.copies; i++) {
      this.#drawing[i] = ended[i] ? this.#idle : this.#streams[i];
      this.#noiseDrawing[i] = ended[i] ? this.#idle : this.#noise[i];
    }
  }

  /** Starts a new episode in every copy. */
  reset(into: Float32Array = this.observations): Float32Array {
    this.#checkRows(into);
    for (let i = 0; i < this.copies; i++) this.#begin(i, into);
    this.#started = true;
    return into;
  }

  /** Starts a new episode in the copies whose episode has ended; the other rows are left as they are. */
  resetEnded(into: Float32Array = this.observations): Float32Array {
    this.#checkRows(into);
    for (let i = 0; i < this.copies; i++) if (this.#ended[i]) this.#begin(i, into);
    return into;
  }

  /**
   * Moves every copy one step.
   *
   * @param actions [copies, action width]: one number per copy where the space is Discrete
   * @param into where the observations go, [copies, observation size]: `observations`, or a window of a rollout
   */
  step(actions: ArrayLike<number>, into: Float32Array = this.observations): Float32Array {
    if (!this.#started) throw new OutOfOrderError(`${this.spec.id}: step before the first reset; call reset`);
    this.#checkRows(into);
    this.#checkActions(actions);
    if (this.#waiting > 0 && this.#autoreset === "disabled") {
      throw new OutOfOrderError(`${this.spec.id}: step after the end of ${this.#waiting} episodes; call resetEnded`);
    }
    this.#drift.apply(this.#clock, this.#runningLengths[0]);
    this.#dynamics.step(this.#channel.actions(actions), this.#drawing);
    this.#channel.rewards(this.#dynamics.rewards, this.rewards, this.#noiseDrawing);
    this.terminated.set(this.#dynamics.terminated);
    this.#clock += this.copies - this.#waiting;
    const size = this.spec.observationSpace.size;
    for (let i = 0; i < this.copies; i++) {
      if (this.#ended[i]) {
        this.rewards[i] = 0;
        this.terminated[i] = 0;
        this.truncated[i] = 0;
        this.#begin(i, into);
        continue;
      }
      this.#runningReturns[i] += this.rewards[i];
      this.#runningLengths[i]++;
      const limited = this.#runningLengths[i] >= this.spec.maxEpisodeSteps;
      this.truncated[i] = limited || this.#dynamics.truncated?.[i] === 1 ? 1 : 0;
      if (this.terminated[i] | this.truncated[i]) this.#end(i, into);
      else this.#observe(i, into, i * size);
    }
    return into;
  }

  #end(copy: number, into: Float32Array): void {
    const size = this.spec.observationSpace.size;
    const from = copy * size;
    this.#observe(copy, this.finalObservations, from);
    this.episodeReturns[copy] = this.#runningReturns[copy];
    this.episodeLengths[copy] = this.#runningLengths[copy];
    if (this.#autoreset === "sameStep") {
      this.#begin(copy, into);
      return;
    }
    for (let v = 0; v < size; v++) into[from + v] = this.finalObservations[from + v];
    this.#ended[copy] = 1;
    this.#drawing[copy] = this.#idle;
    this.#noiseDrawing[copy] = this.#idle;
    this.#waiting++;
  }

  #begin(copy: number, into: Float32Array): void {
    if (this.#ended[copy]) {
      this.#ended[copy] = 0;
      this.#drawing[copy] = this.#streams[copy];
      this.#noiseDrawing[copy] = this.#noise[copy];
      this.#waiting--;
    }
    this.#runningReturns[copy] = 0;
    this.#runningLengths[copy] = 0;
    // With several copies no entry is on the episode clock, and this does nothing.
    this.#drift.beginEpisode();
    this.#dynamics.start(copy, this.#streams[copy]);
    this.#observe(copy, into, copy * this.spec.observationSpace.size);
  }

  #observe(copy: number, into: Float32Array, offset: number): void {
    this.#dynamics.observe(copy, into, offset);
    this.#channel.observation(into, offset, this.#noise[copy]);
  }

  #checkRows(into: Float32Array): void {
    if (into.length === this.observations.length) return;
    const { id } = this.spec;
    throw new InputError(`${id}: observations: expected room for ${this.observations.length}, found ${into.length}`);
  }

  #checkActions(actions: ArrayLike<number>): void {
    const { id, actionSpace } = this.spec;
    const { width } = actionSpace;
    if (actions.length !== this.copies * width) {
      const each = width === 1 ? "one" : String(width);
      throw new InputError(
        `${id}: actions: expected ${this.copies * width}, ${each} per copy, found ${actions.length}`,
      );
    }
    for (let i = 0; i < this.copies; i++) {
      if (actionSpace.fits(actions, i * width)) continue;
      const found = Array.from({ length: width }, (_, k) => actions[i * width + k]).join(", ");
      throw new InputError(`${id}: actions.${i}: expected ${actionSpace}, found ${found}`);
    }
  }
}
