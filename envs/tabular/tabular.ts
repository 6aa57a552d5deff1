import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { type ParameterSpec, Parameters } from "../parameters.js";
import type { Picture } from "../pictures/scene.js";
import { Discrete } from "../spaces/index.js";
import type { TransitionTable } from "./table.js";
import { bestReturn } from "./value-iteration.js";

/** A finite Markov decision process as data. */
export interface TabularOptions<Name extends string> {
  readonly id: string;
  readonly description: string;
  readonly maxEpisodeSteps: number;
  readonly states: number;
  readonly actions: number;
  /** Probability of starting in each state. */
  readonly starts: readonly number[];
  readonly parameters: Readonly<Record<Name, ParameterSpec>>;
  readonly distributions?: Readonly<Record<string, readonly NoInfer<Name>[]>>;
  readonly deterministic?: boolean;
  readonly numpySeeding?: boolean;
  readonly picture?: Picture;
  /** The transitions under the given parameters; called again whenever one changes. */
  table(values: Readonly<Record<Name, number>>): TransitionTable;
}

/**
 * The dynamics of any finite Markov decision process, N copies at once. A start and a step take one uniform draw each,
 * also where only one thing can happen: the first entry whose cumulative probability exceeds it, as Gymnasium has it.
 *
 * Source: `categorical_sample` in `gymnasium/envs/toy_text/utils.py`.
 */
class Tabular<Name extends string> implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  readonly #options: TabularOptions<Name>;
  #table!: TransitionTable;

  constructor(
    options: TabularOptions<Name>,
    readonly copies: number,
  ) {
    this.#options = options;
    this.state = new Float64Array(copies);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies);
    this.parameters = new Parameters(options.parameters, (values) => {
      this.#table = options.table(values);
    });
  }

  start(copy: number, stream: RandomStream): void {
    const { starts } = this.#options;
    const draw = stream.uniform();
    let cumulative = 0;
    this.state[copy] = 0;
    for (let s = 0; s < starts.length; s++) {
      cumulative += starts[s];
      if (cumulative <= draw) continue;
      this.state[copy] = s;
      return;
    }
  }

  step(actions: ArrayLike<number>, streams: readonly RandomStream[]): void {
    for (let i = 0; i < this.copies; i++) {
      const transitions = this.#table[this.state[i]][actions[i]];
      const draw = streams[i].uniform();
      let cumulative = 0;
      let chosen = 0;
      for (let k = 0; k < transitions.length; k++) {
        cumulative += transitions[k].probability;
        if (cumulative <= draw) continue;
        chosen = k;
        break;
      }
      const { next, reward, terminated } = transitions[chosen];
      this.state[i] = next;
      this.rewards[i] = reward;
      this.terminated[i] = terminated ? 1 : 0;
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    for (let s = 0; s < this.#options.states; s++) into[offset + s] = 0;
    into[offset + this.state[copy]] = 1;
  }
}

/** The environment of a finite Markov decision process. Its best return is worked out by value iteration. */
export function tabular<Name extends string>(options: TabularOptions<Name>): EnvSpec {
  const { id, description, maxEpisodeSteps, states, parameters, distributions, deterministic, numpySeeding, picture } =
    options;
  const space = new Discrete(states);
  return {
    id,
    description,
    maxEpisodeSteps,
    observationSpace: space,
    actionSpace: new Discrete(options.actions),
    stateNames: ["state"],
    stateSpace: space,
    parameters,
    distributions,
    deterministic,
    numpySeeding,
    picture,
    reference: {
      kind: "computed",
      source: "value iteration over the transition table, with the time limit as horizon",
      value: (values, rewardScale) =>
        bestReturn(
          options.table(values as Readonly<Record<Name, number>>),
          options.starts,
          maxEpisodeSteps,
          rewardScale,
        ),
    },
    dynamics: (copies) => new Tabular(options, copies),
  };
}
