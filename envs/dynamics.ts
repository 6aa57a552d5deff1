import type { RandomStream } from "../src/rng/random-stream.js";
import type { ParameterSpecs, Parameters } from "./parameters.js";
import type { Box, Discrete } from "./spaces.js";

/**
 * What happens inside an environment, for N copies at once and nothing else: no time limit, no seeds, no automatic
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
  /** Shared by all copies; setting one recomputes what derives from it. */
  readonly parameters: Parameters;

  /** Draws one copy's start state. */
  start(copy: number, stream: RandomStream): void;

  /** Moves every copy one step; the actions have been checked against the action space. */
  step(actions: ArrayLike<number>): void;

  /** Writes one copy's observation from `offset`. */
  observe(copy: number, into: Float32Array, offset: number): void;
}

/** An environment as the registry knows it. To add one, write its dynamics and one of these. */
export interface EnvSpec {
  /** Name and version, `CartPole-v1`. */
  readonly id: string;
  readonly description: string;
  /** Steps after which an episode is truncated. */
  readonly maxEpisodeSteps: number;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  /** The variables of the state in order, as `reset({ options: { state } })` takes them. */
  readonly stateNames: readonly string[];
  readonly parameters: ParameterSpecs;
  dynamics(copies: number): Dynamics;
}
