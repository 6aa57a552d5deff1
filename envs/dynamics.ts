import type { RandomStream } from "../src/rng/random-stream.js";
import { channelParameters } from "./channel.js";
import type { Distributions, Driftable } from "./drift/options.js";
import type { ParameterSpecs, Parameters } from "./parameters.js";
import type { Picture } from "./pictures/scene.js";
import type { Space } from "./spaces/index.js";

/**
 * The inside of an environment, for N copies at once and nothing else: no time limit, no seeds, no automatic
 * reset, no drift. Those are written once, in {@link SingleEnv} and {@link VectorEnv}, on top of this.
 *
 * The state is a struct of arrays in float64: variable v of copy i stands at `v * copies + i`. No method allocates.
 */
export interface Dynamics {
  readonly copies: number;
  readonly state: Float64Array;
  /** The rewards of the last step. */
  readonly rewards: Float64Array;
  /** 1 where the last step ended the episode by the environment's own rule. */
  readonly terminated: Uint8Array;
  /** 1 where the last step was cut off by a limit of the environment's own, where it has one. */
  readonly truncated?: Uint8Array;
  /** Shared by all copies; setting one recomputes what derives from it. */
  readonly parameters: Parameters;

  /** Draws one copy's start state. */
  start(copy: number, stream: RandomStream): void;

  /**
   * Moves every copy one step.
   *
   * @param actions [copies, action width], checked against the action space
   * @param streams copy i draws from stream i
   */
  step(actions: ArrayLike<number>, streams: readonly RandomStream[]): void;

  /** Writes one copy's observation in its flat form from `offset`; draws nothing. */
  observe(copy: number, into: Float32Array, offset: number): void;

  /** Gives back what no garbage collector does: a process. */
  close?(): void;
}

/** An environment as the registry knows it. To add one, write its dynamics and one of these. */
export interface EnvSpec {
  /** Name and version, `CartPole-v1`. */
  readonly id: string;
  readonly description: string;
  /** Steps after which an episode is truncated; infinite where only the environment ends one. */
  readonly maxEpisodeSteps: number;
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** The variables of the state in order, as `reset({ options: { state } })` takes them. */
  readonly stateNames: readonly string[];
  /** The states that there are, where not every list of finite numbers is one. */
  readonly stateSpace?: Space;
  readonly parameters: ParameterSpecs;
  /** Groups of parameters that together are a distribution: non-negative weights, used in proportion. */
  readonly distributions?: Distributions;
  /** Its state lies outside this process: it can be neither saved nor copied. */
  readonly outside?: boolean;
  /** Nothing is random by default: every episode starts and goes the same under the same actions. */
  readonly deterministic?: boolean;
  /** Gymnasium has it and draws as it does here, so that NumPy's generator gives Gymnasium's own episodes. */
  readonly numpySeeding?: boolean;
  /** The best expected return of an episode. */
  readonly reference?: {
    readonly kind: "closed form" | "computed" | "stored";
    /** The derivation, or the origin of a stored value. */
    readonly source: string;
    /** Under the given parameters with rewards scaled; undefined where it is not known. */
    value(parameters: Readonly<Record<string, number>>, rewardScale: number): number | undefined;
  };
  /** What it looks like. */
  readonly picture?: Picture;
  /** The dynamics of so many copies. */
  dynamics(copies: number): Dynamics;
}

/** The parameters that may be set and may drift: the environment's own parameters and those of the channel to the agent. */
export function driftable({ parameters, distributions, observationSpace, actionSpace }: EnvSpec): Driftable {
  return { parameters: { ...parameters, ...channelParameters(observationSpace, actionSpace) }, distributions };
}
