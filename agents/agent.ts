import type { z } from "zod";
import type { EnvSpec } from "../envs/dynamics.js";
import type { VectorEnv } from "../envs/vector.js";
import type { Engine } from "../src/kernels/engine.js";
import type { HiddenSpec } from "../src/nn/mlp.js";
import type { Optimizer } from "../src/optim/optimizer.js";
import type { State, Vector } from "../src/optim/transform.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import type { Streams } from "../src/rng/streams.js";
import type { Columns } from "../src/study/tables.js";
import type { AgentDefaults } from "./defaults.js";
import type { NetworkName, PlacedNetwork } from "./networks.js";

/**
 * A learner on an environment. The loop around every agent:
 *
 *     while (agent.collect(stepsLeft, onEpisode)) {
 *       const { row, divergence } = agent.learn(changed);
 *     }
 */
export interface Agent {
  /**
   * Everything that learning changes, as live numbers and vectors: what is written into them is what the agent goes on
   * with. Saving is copying.
   */
  readonly state: AgentState;

  /**
   * Plays until there is enough to learn from.
   *
   * @param steps most environment steps to play, over all copies
   * @returns false where they do not suffice; there is nothing to learn from then
   */
  collect(steps: number, onEpisode: OnEpisode): boolean;

  /**
   * Learns from what {@link collect} has played.
   *
   * @param changed whether a parameter of the environment drifted meanwhile; the optimizer is told after the update
   */
  learn(changed: boolean): Update;

  /** The agent's networks, and observations [rows, observation size] that its last update learned from. */
  inspect(): Inspection;

  /**
   * Chooses actions for observations [rows, observation size], rows at most the environment's copies.
   *
   * @param observations a vector of the engine
   * @param actions [rows, action width], overwritten with elements of the action space
   * @param stream draws them from the policy; without one each is the policy's mode
   */
  act(observations: Float32Array, actions: Float32Array, stream?: RandomStream): void;
}

/** Called for every episode that ends, with the environment's clock at its end, the sum of its rewards, its steps, its copy. */
export type OnEpisode = (clock: number, episodeReturn: number, length: number, copy: number) => void;

/** Live numbers and vectors by name, nested. */
export interface AgentState {
  /** Number of updates done. */
  update: number;
  readonly parameters: Float32Array;
  readonly [part: string]: number | Vector | Nested | readonly Nested[];
}
type Nested = State | { readonly [part: string]: number | Vector };

/** A finished update. */
export interface Update {
  /** A value for each of the agent's columns; the object is reused. */
  readonly row: Readonly<Record<string, number>>;
  /** Why learning cannot go on; the parameters are the last finite ones then. */
  readonly divergence?: string;
}

export interface Inspection {
  readonly networks: Partial<Record<NetworkName, PlacedNetwork>>;
  /** The policy's parameters that no network computes, where it has some. */
  readonly own?: Float32Array;
  /** A vector of the engine. */
  readonly observations: Float32Array;
  readonly rows: number;
}

/** What an agent works with. */
export interface AgentParts {
  readonly engine: Engine;
  readonly env: VectorEnv;
  /** `init` draws the parameters, `policy` the actions, `data` the order of what is learned from several times. */
  readonly streams: Streams;
  /** Of all parameters, or of the policy's where the value network has one of its own. */
  readonly optimizer: Optimizer;
  readonly valueOptimizer?: Optimizer;
  /** Hidden layers of each network. */
  readonly network: HiddenSpec;
  /** Environment steps of the whole run, over all copies. */
  readonly steps: number;
}

/** An agent as it is known by name. To add one, write its file and one of these, and list it in `definitions.ts`. */
export interface AgentDefinition<Schema extends AgentSchema = AgentSchema> {
  /** A line for listings. */
  readonly description: string;
  /** Options, `name` among them. */
  readonly schema: Schema;
  readonly defaults: AgentDefaults;
  /** What an update records, in order: the columns of each {@link Update.row}. */
  readonly columns: Columns;
  /** The networks that it trains. */
  networks(options: z.output<Schema>): readonly NetworkName[];
  /** A combination with the run's settings that cannot be: where to change it, and why. */
  refuse?(options: z.output<Schema>, settings: RunSettings): Refusal | undefined;
  /** The agent before its first step. */
  create(options: z.output<Schema>, parts: AgentParts): Agent;
}
export type AgentSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** What an agent's options have to agree with. */
export interface RunSettings {
  readonly spec: EnvSpec;
  readonly copies: number;
  readonly steps: number;
}

export interface Refusal {
  readonly path: string[];
  readonly message: string;
}

/** An agent's definition, its types inferred from the schema. */
export function defineAgent<Schema extends AgentSchema>(definition: AgentDefinition<Schema>): AgentDefinition<Schema> {
  return definition;
}
