import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { type ParameterSpec, Parameters } from "../parameters.js";
import { Discrete } from "../spaces/index.js";

type Values = Readonly<Record<string, number>>;

/** A bandit: its arms' means by context, and the kind of its rewards. */
export interface BanditOptions {
  readonly id: string;
  readonly description: string;
  /** The mean of each arm in each context, `means[context][arm]`; a single row where there is no context to see. */
  readonly means: readonly (readonly number[])[];
  /** Gaussian rewards N(mean, deviation²), or 1 with the probability `mean`, else 0. */
  readonly rewards: "gaussian" | "bernoulli";
}

/** `mean.2`, or `mean.1.2` with contexts. */
const nameOf = (contexts: number, context: number, arm: number) =>
  contexts === 1 ? `mean.${arm}` : `mean.${context}.${arm}`;

/**
 * The dynamics of a bandit, N copies at once: an episode is one pull. Its context is drawn uniformly at the start and
 * observed; the means are parameters.
 */
class Bandit implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  readonly #contexts: number;
  readonly #arms: number;
  readonly #gaussian: boolean;
  readonly #means: Float64Array;
  #deviation = 0;

  constructor(
    { means, rewards }: BanditOptions,
    parameters: Readonly<Record<string, ParameterSpec>>,
    readonly copies: number,
  ) {
    this.#contexts = means.length;
    this.#arms = means[0].length;
    this.#gaussian = rewards === "gaussian";
    this.#means = new Float64Array(this.#contexts * this.#arms);
    this.state = new Float64Array(copies);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies).fill(1);
    this.parameters = new Parameters(parameters, (values: Values) => {
      this.#deviation = values.deviation ?? 0;
      for (let c = 0; c < this.#contexts; c++) {
        for (let a = 0; a < this.#arms; a++) this.#means[c * this.#arms + a] = values[nameOf(this.#contexts, c, a)];
      }
    });
  }

  start(copy: number, stream: RandomStream): void {
    this.state[copy] = this.#contexts === 1 ? 0 : stream.integer(this.#contexts);
  }

  step(actions: ArrayLike<number>, streams: readonly RandomStream[]): void {
    for (let i = 0; i < this.copies; i++) {
      const mean = this.#means[this.state[i] * this.#arms + actions[i]];
      if (this.#gaussian) this.rewards[i] = mean + this.#deviation * streams[i].normal();
      else this.rewards[i] = streams[i].uniform() < mean ? 1 : 0;
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    for (let c = 0; c < this.#contexts; c++) into[offset + c] = 0;
    into[offset + this.state[copy]] = 1;
  }
}

/** The environment of a bandit. Its best return is the mean over the contexts of the best arm's mean. */
export function bandit(options: BanditOptions): EnvSpec {
  const { id, description, means, rewards } = options;
  const contexts = means.length;
  const entries = means.flatMap((row, c) =>
    row.map((mean, a): [string, ParameterSpec] => {
      const description = `mean reward of arm ${a}${contexts === 1 ? "" : ` in context ${c}`}`;
      const range = rewards === "bernoulli" ? { low: 0, high: 1 } : {};
      return [nameOf(contexts, c, a), { default: mean, description, ...range }];
    }),
  );
  if (rewards === "gaussian") {
    entries.push(["deviation", { default: 1, low: 0, description: "standard deviation of a reward" }]);
  }
  const parameters = Object.fromEntries(entries);
  const space = new Discrete(contexts);
  return {
    id,
    description,
    maxEpisodeSteps: 1,
    observationSpace: space,
    actionSpace: new Discrete(means[0].length),
    stateNames: ["context"],
    stateSpace: space,
    parameters,
    reference: {
      kind: "closed form",
      source: "the mean over the contexts of the best arm's mean",
      value: (values, rewardScale) => {
        const best = means.map((row, c) =>
          Math.max(...row.map((_, a) => rewardScale * values[nameOf(contexts, c, a)])),
        );
        return best.reduce((sum, mean) => sum + mean, 0) / contexts;
      },
    },
    dynamics: (copies) => new Bandit(options, parameters, copies),
  };
}

const arms = (means: (arm: number) => number) => Array.from({ length: 10 }, (_, arm) => means(arm));

export const gaussianBandit = bandit({
  id: "GaussianBandit-v0",
  description: "ten arms with Gaussian rewards; an episode is one pull",
  means: [arms((arm) => arm / 10)],
  rewards: "gaussian",
});

export const bernoulliBandit = bandit({
  id: "BernoulliBandit-v0",
  description: "ten arms that pay 1 or nothing; an episode is one pull",
  means: [arms((arm) => (arm + 1) / 20)],
  rewards: "bernoulli",
});

export const contextualBandit = bandit({
  id: "ContextualBandit-v0",
  description: "four contexts, in each another one of four arms is best; an episode is one pull",
  means: Array.from({ length: 4 }, (_, c) => Array.from({ length: 4 }, (_, a) => (a === c ? 1 : 0))),
  rewards: "gaussian",
});
