import type { Parameters } from "./parameters.js";
import type { Space } from "./spaces/index.js";

/** The truth about a drifting environment, and what else is worth knowing of a step. */
export interface Info {
  /** The parameters that the step was taken under; after a reset, the current ones. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The number of changes of parameters so far. */
  readonly changes: number;
  /** Environment steps done since the environment was made; no reset touches it. */
  readonly clock: number;
  /** The drift as the agent may see it; null at level "none", the default. */
  readonly notice: Notice | null;
}

/** The amount that an agent may know of a drift. The truth is in {@link Info} always, for measures; this is for agents. */
export type NotificationLevel = "none" | "flag" | "size" | "truth";

/** The drift before this step as an agent may know it. */
export interface Notice {
  /** From level "flag" on: whether a parameter changed. */
  readonly changed: boolean;
  /** From level "size" on: new value less old one of each parameter that changed. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** At level "truth": all parameters. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** How an episode begins. */
export interface ResetOptions {
  /**
   * A non-negative integer. It seeds the environment anew; without one the stream goes on where it stands. An
   * environment that was never seeded starts from seed 0: nothing here is random without a seed.
   */
  readonly seed?: number;
  readonly options?: {
    /** The state to start from, instead of a drawn one. */
    readonly state?: ArrayLike<number>;
    /**
     * The generator that the seed starts: the project's streams, or NumPy's PCG64, which starts Gymnasium's environments where
     * Gymnasium starts them. The drift and the channel's noise draw from the project's streams either way.
     */
    readonly generator?: "ringdown" | "numpy";
  };
}

/**
 * An environment after Gymnasium's contract (`gymnasium.Env`, version 1), in camelCase.
 *
 * `terminated` is the environment's own end, `truncated` the time limit's; both may hold at once. A refused call
 * (an action outside the space, a step before the first reset or after the end) changes nothing.
 */
export interface Env<Observation = Float32Array, Action = number> {
  readonly id: string;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Setting one recomputes whatever the environment derives from it. */
  readonly parameters: Parameters;

  /** Begins an episode; with a seed, that of all its random numbers from here on. */
  reset(options?: ResetOptions): [observation: Observation, info: Info];

  /** Takes an action; ends an episode by its own rule (terminated) or by a limit (truncated). */
  step(action: Action): [observation: Observation, reward: number, terminated: boolean, truncated: boolean, info: Info];

  /** Ends the use of this environment. Closing twice is harmless. */
  close(): void;
}

/** A method was called out of order: a step before the first reset, after an episode's end, or after closing. */
export class OutOfOrderError extends Error {
  override readonly name = "OutOfOrderError";
}
