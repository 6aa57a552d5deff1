import { check } from "../../src/config/check.js";
import { InputError } from "../../src/config/input-error.js";
import { type Env, type Info, OutOfOrderError, type ResetOptions } from "../env.js";
import { Parameters } from "../parameters.js";
import { seedSchema } from "../seed.js";
import type { Space } from "../spaces/index.js";

/** The result of a step with a single flag: an object, as gym-js and rl-ts have it, or gym's list of four. */
export type DoneResult =
  | { readonly observation: unknown; readonly reward: number; readonly done: boolean; readonly info?: unknown }
  | readonly [observation: unknown, reward: number, done: boolean, info?: unknown];

/** An environment after gym's old contract, before `done` was split in two. */
export interface DoneEnv {
  /** Begins an episode; the first observation. */
  reset(): unknown;
  /** Takes an action: observation, reward, whether the episode is done. */
  step(action: never): DoneResult;
  /** Seeds its own random numbers. */
  seed?(seed: number): unknown;
  /** Lets go of what it holds. */
  close?(): void;
}

/** How an environment with one `done` is taken in. */
export interface FromDoneOptions<Observation, Action> {
  readonly id: string;
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;
  /** Steps after which the adapter truncates; none when left out. */
  readonly maxEpisodeSteps?: number;
}

/**
 * An environment whose step returns one `done` under the contract of this project, with the order of calls and the
 * actions checked, and observations copied.
 *
 * `done` is a truncation where `info["TimeLimit.truncated"]` says so, as gym's time limit did; else a termination. At
 * `maxEpisodeSteps` the adapter truncates, beside a termination where both come together. An environment without `seed` refuses one: accepting it would promise what it
 * cannot keep.
 */
export function fromDone<Observation, Action>(
  source: DoneEnv,
  options: FromDoneOptions<Observation, Action>,
): Env<Observation, Action> {
  return new FromDone(source, options);
}

class FromDone<Observation, Action> implements Env<Observation, Action> {
  readonly id: string;
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;
  readonly parameters = new Parameters({}, () => {});
  readonly #source: DoneEnv;
  readonly #limit: number;
  #elapsed = 0;
  #clock = 0;
  #phase: "before the first reset" | "running" | "after the episode's end" | "closed" = "before the first reset";

  constructor(
    source: DoneEnv,
    { id, observationSpace, actionSpace, maxEpisodeSteps }: FromDoneOptions<Observation, Action>,
  ) {
    this.#source = source;
    this.id = id;
    this.observationSpace = observationSpace;
    this.actionSpace = actionSpace;
    this.#limit = maxEpisodeSteps ?? Number.POSITIVE_INFINITY;
  }

  reset({ seed, options = {} }: ResetOptions = {}): [Observation, Info] {
    if (this.#phase === "closed") throw new OutOfOrderError(`${this.id}: reset after close`);
    const unknown = Object.keys(options)[0];
    if (unknown !== undefined) throw new InputError(`${this.id}: options: unknown key "${unknown}"; it takes none`);
    if (seed !== undefined) {
      check(seedSchema, seed, `${this.id}: seed`);
      if (this.#source.seed === undefined) throw new InputError(`${this.id}: seed: it has no method seed`);
      this.#source.seed(seed);
    }
    const observation = this.#own(this.#source.reset());
    this.#elapsed = 0;
    this.#phase = "running";
    return [observation, this.#info()];
  }

  step(action: Action): [Observation, number, boolean, boolean, Info] {
    if (this.#phase !== "running") throw new OutOfOrderError(`${this.id}: step ${this.#phase}; call reset`);
    if (!this.actionSpace.contains(action)) {
      throw new InputError(`${this.id}: action: expected ${this.actionSpace}, found ${action}`);
    }
    const result = this.#source.step(action as never);
    const [observation, reward, done, info] = Array.isArray(result)
      ? (result as [unknown, number, boolean, unknown])
      : [(result as { observation: unknown }).observation, ...rest(result)];
    this.#elapsed++;
    this.#clock++;
    const late = this.#elapsed >= this.#limit;
    const cut = (info as Record<string, unknown> | undefined)?.["TimeLimit.truncated"] === true;
    const terminated = done && !cut;
    const truncated = cut || late;
    if (terminated || truncated) this.#phase = "after the episode's end";
    return [this.#own(observation), reward, terminated, truncated, { ...(info as object), ...this.#info() }];
  }

  close(): void {
    if (this.#phase !== "closed") this.#source.close?.();
    this.#phase = "closed";
  }

  /** A copy of its own, in the form of the observation space. */
  #own(observation: unknown): Observation {
    if (this.observationSpace.kind === "discrete") return observation as Observation;
    return this.observationSpace.kind === "box"
      ? (Float32Array.from(observation as ArrayLike<number>) as Observation)
      : (Int32Array.from(observation as ArrayLike<number>) as Observation);
  }

  #info(): Info {
    return { parameters: {}, changes: 0, clock: this.#clock, notice: null };
  }
}

function rest(result: DoneResult): [number, boolean, unknown] {
  const { reward, done, info } = result as { reward: number; done: boolean; info?: unknown };
  return [reward, done, info];
}
