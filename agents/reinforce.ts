import { z } from "zod";
import type { VectorEnv } from "../envs/vector.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import { chooseActions, drawActions } from "./acting.js";
import { normalise } from "./advantages.js";
import {
  type Agent,
  type AgentParts,
  type AgentState,
  defineAgent,
  type Inspection,
  type OnEpisode,
  type Refusal,
  type Update,
} from "./agent.js";
import { Episodes } from "./episodes.js";
import { type Actor, type ActorCritic, createActor, createActorCritic, type PlacedNetwork } from "./networks.js";
import { OptimizerStep, type StepRecord } from "./optimizer-step.js";
import * as options from "./options.js";
import { createPolicy } from "./policies/create.js";
import type { Policy } from "./policies/policy.js";
import { policyLoss } from "./policies/policy-loss.js";
import type { Act } from "./rollout.js";
import { updateColumns } from "./tables.js";
import { valueLoss } from "./value-loss.js";

const schema = z.strictObject({
  name: z.literal("reinforce"),
  episodes: z.int().positive().default(1).describe("whole episodes per update"),
  gamma: options.gamma,
  baseline: z.enum(["none", "value"]).default("none").describe("what is taken from the returns: nothing, or V(s)"),
  entropy: options.entropy.default(0),
  valueCoefficient: z.number().nonnegative().optional().describe("coefficient of the value loss (default 0.5)"),
  normaliseAdvantage: z
    .boolean()
    .default(true)
    .describe("what weighs the steps of an update to mean 0 and deviation 1"),
  maxGradientNorm: options.maxGradientNorm,
  annealLearningRate: options.annealLearningRate.default(true),
  ...options.boxPolicy,
});
/** Options of the agent `reinforce`, with every default filled in. */
export type ReinforceOptions = z.output<typeof schema>;

const { largestUpdateNorm: _, explainedVariance: __, ...columns } = updateColumns;

/**
 * REINFORCE: one gradient step per whole episode, or per several, from returns that were really seen.
 *
 *     Gₜ = rₜ + γ Gₜ₊₁,     L = − mean((Gₜ − b(sₜ)) log π(aₜ|sₜ)) − c_H mean(H(π(·|sₜ))) + c_V · ½ mean((Gₜ − V(sₜ))²)
 *
 * over all steps of the update's episodes, with b = 0 and no third term, or b = V: a network of its own, not part of the
 * gradient of the first term. An episode that the time limit truncates counts as it was seen without a baseline: its
 * objective is the return up to the limit. With one it is continued by V of its last observation.
 *
 * Recorded per update: `policyLoss` and `entropy` as they stand in L, `valueLoss` ½ mean((G − V)²) and the value's
 * measures (NaN without a baseline), and the step's `StepRecord`.
 *
 * Deviations from Williams (1992) and Sutton and Barto (2018), section 13.4: one step per episode instead of one per
 * step of it; the mean over the steps instead of the sum, which divides the step by the episode's length; no factor γᵗ,
 * as in nearly all implementations (Thomas 2014); returns normalised by default.
 *
 * Source: Williams (1992); Sutton and Barto (2018), sections 13.3 and 13.4.
 */
export class Reinforce implements Agent {
  readonly state: AgentState;
  readonly #options: ReinforceOptions;
  readonly #stream: RandomStream;
  readonly #episodes: Episodes;
  readonly #policy: Policy;
  readonly #networks: Actor & Partial<ActorCritic>;
  readonly #step: OptimizerStep;
  readonly #env: VectorEnv;
  readonly #steps: number;
  readonly #returns: Float64Array;
  readonly #weights: Float64Array;
  readonly #bootstrap: Float64Array;
  readonly #row: StepRecord & Record<"policyLoss" | "valueLoss" | "entropy", number>;
  readonly #act: Act = (observations, actions, executed) => {
    drawActions(this.#networks, this.#policy, observations, this.#stream, actions);
    this.#policy.execute(actions, executed);
  };
  /** Environment steps before the episodes that were played last. */
  #stepsBefore = 0;

  constructor(options: ReinforceOptions, parts: AgentParts) {
    const { engine, env, streams, network, steps } = parts;
    this.#options = options;
    this.#stream = streams.get("policy");
    this.#episodes = new Episodes(engine, env, options.episodes);
    const { capacity } = this.#episodes;
    this.#policy = createPolicy(engine, env.spec, options, capacity);
    const inputs = env.spec.observationSpace.size;
    const spec = { inputs, policy: this.#policy, network, policyRows: capacity, valueRows: capacity };
    const create = options.baseline === "value" ? createActorCritic : createActor;
    this.#networks = create(engine, spec, streams.get("init"));
    this.#step = new OptimizerStep(engine, parts, this.#networks, options.maxGradientNorm);
    this.#env = env;
    this.#steps = steps;
    this.#returns = new Float64Array(capacity);
    this.#weights = new Float64Array(capacity);
    this.#bootstrap = new Float64Array(options.episodes);
    this.#row = Object.assign(this.#step.record, { policyLoss: 0, valueLoss: 0, entropy: 0 });
    this.state = { update: 0, parameters: this.#networks.parameters, optimizers: this.#step.states };
  }

  collect(steps: number, onEpisode: OnEpisode): boolean {
    this.#stepsBefore = this.#env.clock;
    return this.#episodes.collect(this.#act, steps, onEpisode);
  }

  learn(changed: boolean): Update {
    this.#step.begin();
    const objection = this.#computeGradients();
    const scale = this.#options.annealLearningRate ? 1 - this.#stepsBefore / this.#steps : 1;
    const divergence = this.#step.take(scale, objection);
    this.state.update++;
    if (changed) this.#step.signalChange();
    this.#step.finish();
    if (this.#networks.value === undefined) Object.assign(this.#row, noValue);
    return { row: this.#row, divergence };
  }

  /** ∂L/∂θ of the networks. Returns which loss is not finite. */
  #computeGradients(): string | undefined {
    const { size, observations } = this.#episodes;
    const { policy, own, value } = this.#networks;
    const row = this.#row;
    const weights = this.#weights.subarray(0, size);
    if (value === undefined) weights.set(this.#computeReturns());
    else row.valueLoss = this.#computeValueGradients(value, weights);
    if (this.#options.normaliseAdvantage) normalise(weights);

    const actions = this.#episodes.actions.subarray(0, size * this.#policy.width);
    this.#policy.evaluate(policy.net.forward(policy.parameters, observations, size), own.parameters, actions);
    policyLoss(this.#policy, weights, row);
    this.#policy.gradient(weights, this.#options.entropy, policy.net.outputGradient, own.gradients);
    policy.net.backward(policy.parameters, policy.net.outputGradient, policy.gradients);

    if (!Number.isFinite(row.policyLoss)) return "the policy's loss is not finite";
    return value === undefined || Number.isFinite(row.valueLoss) ? undefined : "the value's loss is not finite";
  }

  /**
   * The value's loss and gradients.
   *
   * @param weights overwritten with G − V
   */
  #computeValueGradients({ net, parameters, gradients }: PlacedNetwork, weights: Float64Array): number {
    const { size, observations, finalObservations } = this.#episodes;
    const { episodes, valueCoefficient = 0.5 } = this.#options;
    this.#bootstrap.set(net.forward(parameters, finalObservations, episodes));
    const values = net.forward(parameters, observations, size);
    const returns = this.#computeReturns();
    for (let t = 0; t < size; t++) weights[t] = returns[t] - values[t];
    const loss = valueLoss(values, returns, valueCoefficient, net.outputGradient);
    net.backward(parameters, net.outputGradient, gradients);
    return loss;
  }

  /** G of each step, from the last to the first; what follows a truncation is the bootstrap, 0 without a baseline. */
  #computeReturns(): Float64Array {
    const { size, rewards, terminated, truncated } = this.#episodes;
    const { gamma } = this.#options;
    const returns = this.#returns;
    let episode = this.#bootstrap.length;
    for (let t = size - 1; t >= 0; t--) {
      if (terminated[t] | truncated[t]) episode--;
      const following = terminated[t] ? 0 : truncated[t] ? this.#bootstrap[episode] : returns[t + 1];
      returns[t] = rewards[t] + gamma * following;
    }
    return returns.subarray(0, size);
  }

  inspect(): Inspection {
    const { observations, size } = this.#episodes;
    const { policy, value, own } = this.#networks;
    return { networks: { policy, ...(value && { value }) }, own: own.parameters, observations, rows: size };
  }

  act(observations: Float32Array, actions: Float32Array, stream?: RandomStream): void {
    chooseActions(this.#networks, this.#policy, observations, actions, stream);
  }
}

const noValue = {
  valueLoss: Number.NaN,
  valueGradientNorm: Number.NaN,
  valueUpdateNorm: Number.NaN,
  valueEffectiveStep: Number.NaN,
  valueRootSquareAverage: Number.NaN,
};

/** REINFORCE as it is known by name: options, defaults, columns, and how one is made. */
export const reinforce = defineAgent({
  description: "REINFORCE: one gradient step per whole episode, without a baseline or with a value as one",
  schema,
  defaults: { copies: 1, optimizer: "adam", optimizers: { adam: { lr: 0.002 }, rmsprop: { lr: 0.002 } } },
  columns,
  networks: ({ baseline }) => (baseline === "value" ? ["policy", "value"] : ["policy"]),
  refuse({ baseline, valueCoefficient }, { spec, copies }): Refusal | undefined {
    const { id, maxEpisodeSteps } = spec;
    if (copies !== 1)
      return { path: ["env", "copies"], message: "expected 1: reinforce plays one whole episode at a time" };
    if (maxEpisodeSteps === Number.POSITIVE_INFINITY) {
      return { path: ["env", "id"], message: `reinforce learns from whole episodes; those of ${id} need not end` };
    }
    if (baseline === "value" || valueCoefficient === undefined) return undefined;
    return { path: ["agent", "valueCoefficient"], message: "leave it out: without a baseline there is no value" };
  },
  create: (options, parts) => new Reinforce(options, parts),
});
