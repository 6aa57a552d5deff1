import { z } from "zod";
import { discreteActions } from "../envs/dynamics.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import { normalise } from "./advantages.js";
import { type Agent, type AgentParts, type AgentState, defineAgent, type Update } from "./agent.js";
import { Estimates } from "./estimates.js";
import { type ActorCritic, createActorCritic } from "./networks.js";
import { OptimizerStep, type StepRecord } from "./optimizer-step.js";
import type { Policy } from "./policies/policy.js";
import { policyLoss } from "./policies/policy-loss.js";
import { Softmax } from "./policies/softmax.js";
import { type OnEpisode, Rollout } from "./rollout.js";
import { updateColumns } from "./tables.js";
import { valueLoss } from "./value-loss.js";

const share = z.number().min(0).max(1);

const schema = z.strictObject({
  name: z.literal("a2c").optional().default("a2c"),
  rollout: z.int().positive().default(5).describe("steps of each copy per update"),
  gamma: share.default(0.99).describe("discount γ"),
  lambda: share.default(0.95).describe("λ of generalised advantage estimation"),
  entropy: z.number().nonnegative().default(0.01).describe("coefficient of the entropy bonus"),
  valueCoefficient: z.number().nonnegative().default(0.5).describe("coefficient of the value loss"),
  maxGradientNorm: z.number().positive().nullable().default(0.5).describe("global clipping norm; null does not clip"),
  normaliseAdvantage: z.boolean().default(false).describe("advantages of a rollout to mean 0 and deviation 1"),
  annealLearningRate: z.boolean().default(false).describe("scale the updates linearly to 0 over the run"),
});
export type A2cOptions = z.output<typeof schema>;

/**
 * Advantage actor-critic (A2C): one gradient step per rollout, from the rollout just played.
 *
 *     L = − mean(A log π(a|s)) − c_H mean(H(π(·|s))) + c_V · ½ mean((R − V(s))²)
 *
 * with A from generalised advantage estimation and R = A + V(s), both constants of the gradient. Policy and value are
 * separate networks in one flat vector of parameters, policy first, so that one optimizer with one state moves both
 * and one norm clips both.
 *
 * Recorded per update: `policyLoss` and `entropy` as they stand in L, `valueLoss` ½ mean((R − V)²), and the step's
 * {@link StepRecord}.
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
  readonly #row: StepRecord & { policyLoss: number; valueLoss: number; entropy: number };

  constructor(options: A2cOptions, { engine, env, streams, optimizer, network, steps }: AgentParts) {
    this.#options = options;
    this.#stream = streams.get("policy");
    this.#rollout = new Rollout(engine, env, options.rollout);
    const { size, maxBootstrapRows } = this.#rollout;
    this.#policy = new Softmax(engine, discreteActions(env.spec), size);
    const inputs = env.spec.observationSpace.size;
    const spec = { inputs, policy: this.#policy, network, policyRows: size, valueRows: maxBootstrapRows };
    this.#networks = createActorCritic(engine, spec, streams.get("init"));
    this.#estimates = new Estimates(this.#rollout);
    this.#step = new OptimizerStep(engine, optimizer, this.#networks, options.maxGradientNorm);
    this.#updates = Math.floor(steps / size);
    this.state = { update: 0, parameters: this.#networks.parameters, optimizer: this.#step.state };
    this.#row = Object.assign(this.#step.record, { policyLoss: 0, valueLoss: 0, entropy: 0 });
  }

  collect(steps: number, onEpisode: OnEpisode): boolean {
    if (steps < this.#rollout.size) return false;
    const { net, parameters } = this.#networks.policy;
    this.#rollout.collect((observations, actions, executed) => {
      const outputs = net.forward(parameters, observations, this.#rollout.copies);
      this.#policy.sample(outputs, this.#networks.own.parameters, this.#stream, actions);
      this.#policy.execute(actions, executed);
    }, onEpisode);
    return true;
  }

  learn(changed: boolean): Update {
    const { gamma, lambda, normaliseAdvantage, annealLearningRate } = this.#options;
    this.#estimates.compute(this.#rollout, this.#networks.value, gamma, lambda);
    if (normaliseAdvantage) normalise(this.#estimates.advantages);
    const objection = this.#computeGradients();
    const scale = annealLearningRate ? 1 - this.state.update / this.#updates : 1;
    const divergence = this.#step.take(scale, objection);
    this.state.update++;
    if (changed) this.#step.signalChange();
    this.#step.measureState();
    return { row: this.#row, divergence };
  }

  /** ∂L/∂θ of both networks, their last forwards included. Returns which loss is not finite. */
  #computeGradients(): string | undefined {
    const row = this.#row;
    const { observations, actions, size } = this.#rollout;
    const { policy, own, value } = this.#networks;
    const { values, advantages, returns } = this.#estimates;
    const { entropy, valueCoefficient } = this.#options;

    this.#policy.evaluate(policy.net.forward(policy.parameters, observations, size), own.parameters, actions);
    Object.assign(row, policyLoss(this.#policy, advantages));
    this.#policy.gradient(advantages, entropy, policy.net.outputGradient, own.gradients);
    policy.net.backward(policy.parameters, policy.net.outputGradient, policy.gradients);

    row.valueLoss = valueLoss(values, returns, valueCoefficient, value.net.outputGradient);
    value.net.backward(value.parameters, value.net.outputGradient, value.gradients);

    if (!Number.isFinite(row.policyLoss)) return "the policy's loss is not finite";
    return Number.isFinite(row.valueLoss) ? undefined : "the value's loss is not finite";
  }

  act(observations: Float32Array, actions: Float32Array, stream?: RandomStream): void {
    const { policy, own } = this.#networks;
    const outputs = policy.net.forward(policy.parameters, observations, actions.length / this.#policy.width);
    if (stream === undefined) this.#policy.mode(outputs, own.parameters, actions);
    else this.#policy.sample(outputs, own.parameters, stream, actions);
    this.#policy.execute(actions, actions);
  }
}

export const a2c = defineAgent({
  name: "a2c",
  description: "advantage actor-critic: one gradient step per rollout, generalised advantages",
  schema,
  columns: updateColumns,
  refuse({ rollout }, { copies, steps }) {
    const size = copies * rollout;
    if (steps >= size) return undefined;
    return { path: ["steps"], message: `expected at least one rollout, ${copies} copies × ${rollout} steps = ${size}` };
  },
  create: (options, parts) => new A2c(options, parts),
});
