import { z } from "zod";
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
  type Update,
} from "./agent.js";
import { Estimates } from "./estimates.js";
import { type ActorCritic, createActorCritic } from "./networks.js";
import { OptimizerStep, type StepRecord } from "./optimizer-step.js";
import * as options from "./options.js";
import { createPolicy } from "./policies/create.js";
import type { Policy } from "./policies/policy.js";
import { policyLoss } from "./policies/policy-loss.js";
import { type Act, Rollout, refuseShortRun } from "./rollout.js";
import { updateColumns } from "./tables.js";
import { valueLoss } from "./value-loss.js";

const schema = z.strictObject({
  name: z.literal("a2c"),
  rollout: z.int().positive().default(5).describe("steps of each copy per update"),
  gamma: options.gamma,
  lambda: options.lambda,
  entropy: options.entropy,
  valueCoefficient: options.valueCoefficient,
  maxGradientNorm: options.maxGradientNorm,
  normaliseAdvantage: z.boolean().default(false).describe("advantages of a rollout to mean 0 and deviation 1"),
  annealLearningRate: options.annealLearningRate,
  ...options.boxPolicy,
});
/** Options of the agent `a2c`, with every default filled in. */
export type A2cOptions = z.output<typeof schema>;

const { largestUpdateNorm: _, ...columns } = updateColumns;

/**
 * Advantage actor-critic (A2C): one gradient step per rollout, from the rollout just played.
 *
 *     L = − mean(A log π(a|s)) − c_H mean(H(π(·|s))) + c_V · ½ mean((R − V(s))²)
 *
 * with A from generalised advantage estimation and R = A + V(s), both constants of the gradient. Policy and value are
 * separate networks in one flat vector of parameters, policy first, so that one optimizer with one state moves both
 * and one norm clips both; or each has an optimizer of its own.
 *
 * Recorded per update: `policyLoss` and `entropy` as they stand in L, `valueLoss` ½ mean((R − V)²), the explained
 * variance, and the step's `StepRecord`.
 *
 * Deviations from Mnih et al. (2016): synchronous copies, GAE, separate networks, orthogonal initialisation,
 * bootstrapping at truncation.
 *
 * Source: Mnih et al. (2016); Schulman et al. (2016).
 */
export class A2c implements Agent {
  readonly state: AgentState;
  readonly #options: A2cOptions;
  readonly #stream: RandomStream;
  readonly #rollout: Rollout;
  readonly #policy: Policy;
  readonly #networks: ActorCritic;
  readonly #estimates: Estimates;
  readonly #step: OptimizerStep;
  readonly #updates: number;
  readonly #row: StepRecord & Record<"policyLoss" | "valueLoss" | "entropy" | "explainedVariance", number>;
  readonly #act: Act = (observations, actions, executed) => {
    drawActions(this.#networks, this.#policy, observations, this.#stream, actions);
    this.#policy.execute(actions, executed);
  };

  constructor(options: A2cOptions, parts: AgentParts) {
    const { engine, env, streams, network, steps } = parts;
    this.#options = options;
    this.#stream = streams.get("policy");
    this.#rollout = new Rollout(engine, env, options.rollout);
    const { size, maxBootstrapRows } = this.#rollout;
    this.#policy = createPolicy(engine, env.spec, options, size);
    const inputs = env.spec.observationSpace.size;
    const spec = { inputs, policy: this.#policy, network, policyRows: size, valueRows: maxBootstrapRows };
    this.#networks = createActorCritic(engine, spec, streams.get("init"));
    this.#estimates = new Estimates(this.#rollout);
    this.#step = new OptimizerStep(engine, parts, this.#networks, options.maxGradientNorm);
    this.#updates = Math.floor(steps / size);
    this.#row = Object.assign(this.#step.record, { policyLoss: 0, valueLoss: 0, entropy: 0, explainedVariance: 0 });
    this.state = {
      update: 0,
      parameters: this.#networks.parameters,
      optimizers: this.#step.states,
      rollout: this.#rollout.state,
    };
  }

  collect(steps: number, onEpisode: OnEpisode): boolean {
    if (steps < this.#rollout.size) return false;
    this.#rollout.collect(this.#act, onEpisode);
    return true;
  }

  learn(changed: boolean): Update {
    const { gamma, lambda, normaliseAdvantage, annealLearningRate } = this.#options;
    this.#step.begin();
    this.#estimates.compute(this.#networks.value, gamma, lambda);
    this.#row.explainedVariance = this.#estimates.explainedVariance();
    if (normaliseAdvantage) normalise(this.#estimates.advantages);
    const objection = this.#computeGradients();
    const scale = annealLearningRate ? 1 - this.state.update / this.#updates : 1;
    const divergence = this.#step.take(scale, objection);
    this.state.update++;
    if (changed) this.#step.signalChange();
    this.#step.finish();
    return { row: this.#row, divergence };
  }

  /** ∂L/∂θ of both networks. Returns which loss is not finite. */
  #computeGradients(): string | undefined {
    const row = this.#row;
    const { observations, actions, size } = this.#rollout;
    const { policy, own, value } = this.#networks;
    const { values, advantages, returns } = this.#estimates;
    const { entropy, valueCoefficient } = this.#options;

    this.#policy.evaluate(policy.net.forward(policy.parameters, observations, size), own.parameters, actions);
    policyLoss(this.#policy, advantages, row);
    this.#policy.gradient(advantages, entropy, policy.net.outputGradient, own.gradients);
    policy.net.backward(policy.parameters, policy.net.outputGradient, policy.gradients);

    // The value network's last forward is that of the estimates.
    row.valueLoss = valueLoss(values, returns, valueCoefficient, value.net.outputGradient);
    value.net.backward(value.parameters, value.net.outputGradient, value.gradients);

    if (!Number.isFinite(row.policyLoss)) return "the policy's loss is not finite";
    return Number.isFinite(row.valueLoss) ? undefined : "the value's loss is not finite";
  }

  inspect(): Inspection {
    const { observations, size } = this.#rollout;
    const { policy, value, own } = this.#networks;
    return { networks: { policy, value }, own: own.parameters, observations, rows: size };
  }

  act(observations: Float32Array, actions: Float32Array, stream?: RandomStream): void {
    chooseActions(this.#networks, this.#policy, observations, actions, stream);
  }
}

/** A2C as it is known by name: options, defaults, columns, and how one is made. */
export const a2c = defineAgent({
  description: "advantage actor-critic: one gradient step per rollout, generalised advantages",
  schema,
  defaults: {
    copies: 16,
    optimizer: "rmsprop",
    optimizers: { sgd: { lr: 0.2 }, momentum: { lr: 0.02 }, rmsprop: { lr: 0.002 }, adam: { lr: 0.002 } },
  },
  columns,
  networks: () => ["policy", "value"],
  refuse: ({ rollout }, settings) => refuseShortRun(rollout, settings),
  create: (options, parts) => new A2c(options, parts),
});
