import { z } from "zod";
import { discreteActions } from "../envs/dynamics.js";
import type { VectorEnv } from "../envs/vector.js";
import type { Engine } from "../src/kernels/engine.js";
import { initialise } from "../src/nn/initialise.js";
import { orthogonal } from "../src/nn/initialisers.js";
import { type HiddenSpec, Mlp } from "../src/nn/mlp.js";
import { norm } from "../src/optim/norm.js";
import type { Optimizer } from "../src/optim/optimizer.js";
import type { State } from "../src/optim/transform.js";
import type { Streams } from "../src/rng/streams.js";
import { generalisedAdvantages } from "./gae.js";
import { type OnEpisode, Rollout } from "./rollout.js";

const share = z.number().min(0).max(1);

export const a2cSchema = z.strictObject({
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
export type A2cOptions = z.output<typeof a2cSchema>;

/** What one update tells; overwritten by the next. */
export interface UpdateRecord {
  policyLoss: number;
  valueLoss: number;
  /** Mean over the rollout, in nats. */
  entropy: number;
  /** Before clipping. */
  gradientNorm: number;
  /** Of what was added to the parameters. */
  updateNorm: number;
  /** Norm of the update by norm of the gradient that the optimizer saw, the clipped one; NaN for a zero gradient. */
  effectiveStep: number;
}

/**
 * Advantage actor-critic (A2C): one gradient step per rollout, from the rollout just played.
 *
 *     L = − mean(A log π(a|s)) − c_H mean(H(π(·|s))) + c_V · ½ mean((R − V(s))²)
 *
 * with A from generalised advantage estimation and R = A + V(s), both constants of the gradient. Policy and value are
 * separate networks in one flat vector of parameters, policy first, so that one optimizer with one state moves both
 * and one norm clips both.
 *
 * Deviations from Mnih et al. (2016): synchronous copies, GAE, separate networks, orthogonal initialisation (gains √2,
 * 0.01 for the policy's last layer, 1 for the value's), bootstrapping at truncation.
 *
 * Annealing scales the update instead of the learning rate inside the optimizer. The two are the same for every rule
 * whose update is proportional to its learning rate, and no optimizer has to know of schedules.
 *
 * Source: Mnih et al. (2016); Schulman et al. (2016).
 */
export class A2c {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  readonly state: State;
  readonly record: UpdateRecord = {
    policyLoss: 0,
    valueLoss: 0,
    entropy: 0,
    gradientNorm: 0,
    updateNorm: 0,
    effectiveStep: 0,
  };

  readonly #engine: Engine;
  readonly #options: A2cOptions;
  readonly #optimizer: Optimizer;
  readonly #streams: Streams;
  readonly #rollout: Rollout;
  readonly #policy: Network;
  readonly #value: Network;
  readonly #choices: {
    readonly choices: number;
    readonly logProbabilities: Float32Array;
    readonly probabilities: Float32Array;
  };
  readonly #firstAction: number;
  readonly #copies: number;
  readonly #values: Float64Array;
  readonly #nextValues: Float64Array;
  readonly #advantages: Float64Array;
  readonly #returns: Float64Array;

  /** @param streams `init` draws the parameters, `policy` the actions */
  constructor(
    engine: Engine,
    env: VectorEnv,
    streams: Streams,
    optimizer: Optimizer,
    options: A2cOptions,
    network: HiddenSpec,
  ) {
    const { observationSpace } = env.spec;
    const actionSpace = discreteActions(env.spec);
    this.#engine = engine;
    this.#options = options;
    this.#optimizer = optimizer;
    this.#streams = streams;
    this.#copies = env.copies;
    this.#firstAction = actionSpace.start;
    this.#rollout = new Rollout(engine, env, options.rollout);

    const { size, maxBootstrapRows } = this.#rollout;
    this.#choices = {
      choices: actionSpace.n,
      logProbabilities: engine.allocate(size * actionSpace.n),
      probabilities: engine.allocate(size * actionSpace.n),
    };
    const inputs = observationSpace.size;
    const policy = new Mlp(engine, { ...network, inputs, outputs: actionSpace.n }, size);
    const value = new Mlp(engine, { ...network, inputs, outputs: 1 }, maxBootstrapRows);
    this.parameters = engine.allocate(policy.size + value.size);
    this.gradients = engine.allocate(policy.size + value.size);
    this.#policy = this.#place(policy, 0);
    this.#value = this.#place(value, policy.size);
    const hidden = orthogonal(Math.SQRT2);
    initialise(policy, this.#policy.parameters, streams.get("init"), { hidden, output: orthogonal(0.01) });
    initialise(value, this.#value.parameters, streams.get("init"), { hidden, output: orthogonal(1) });
    this.state = optimizer.init(this.parameters);

    this.#values = new Float64Array(size);
    this.#nextValues = new Float64Array(size);
    this.#advantages = new Float64Array(size);
    this.#returns = new Float64Array(size);
  }

  /**
   * Plays a rollout and takes one step of the optimizer.
   *
   * @param scale of the update; 1 but for annealing
   * @returns false where a loss, the gradient or the update is not finite: the parameters are left as they were
   */
  update(scale: number, onEpisode: OnEpisode): boolean {
    this.collect(onEpisode);
    return this.learn(scale);
  }

  /** The first half of {@link update}: plays a rollout. */
  collect(onEpisode: OnEpisode): void {
    this.#rollout.collect((observations, actions) => this.#act(observations, actions), onEpisode);
  }

  /** The second half: takes a step from the rollout that was played last. */
  learn(scale: number): boolean {
    this.#estimateAdvantages();
    this.#computeGradients();
    return this.#step(scale);
  }

  #act(observations: Float32Array, actions: Int32Array): void {
    const { net, parameters } = this.#policy;
    const logits = net.forward(parameters, observations, this.#copies);
    const { probabilities, choices } = this.#choose(logits, this.#copies);
    const stream = this.#streams.get("policy");
    for (let i = 0; i < this.#copies; i++) {
      actions[i] = this.#firstAction + stream.categorical(probabilities, i * choices, choices);
    }
  }

  /** p and log p of logits [rows, choices]; valid until the next call. */
  #choose(logits: Float32Array, rows: number) {
    const { choices, logProbabilities, probabilities } = this.#choices;
    this.#engine.softmax(rows, choices, logits, logProbabilities, probabilities);
    return this.#choices;
  }

  /** Values are taken after the rollout, in two batches: the parameters have not moved since its first step. */
  #estimateAdvantages(): void {
    const { net, parameters } = this.#value;
    const rollout = this.#rollout;
    const values = this.#values;
    const advantages = this.#advantages;
    const bootstrap = Float64Array.from(net.forward(parameters, rollout.bootstrapObservations, rollout.bootstrapRows));
    // The last forward of the value network: its backward follows in #computeGradients.
    values.set(net.forward(parameters, rollout.observations, rollout.size));
    rollout.nextValues(values, bootstrap, this.#nextValues);
    const { rewards, terminated, truncated } = rollout;
    const trajectories = {
      copies: this.#copies,
      rewards,
      values,
      nextValues: this.#nextValues,
      terminated,
      truncated,
    };
    generalisedAdvantages(trajectories, this.#options.gamma, this.#options.lambda, advantages);
    for (let k = 0; k < rollout.size; k++) this.#returns[k] = advantages[k] + values[k];
    if (this.#options.normaliseAdvantage) normalise(advantages);
  }

  #computeGradients(): void {
    const { observations, actions, size } = this.#rollout;
    const { record } = this;
    const { net, parameters, gradients } = this.#policy;
    const logits = net.forward(parameters, observations, size);
    const batch = { ...this.#choose(logits, size), actions, firstAction: this.#firstAction };
    const loss = policyLoss({ ...batch, advantages: this.#advantages }, this.#options.entropy, net.outputGradient);
    record.policyLoss = loss.policyLoss;
    record.entropy = loss.entropy;
    net.backward(parameters, net.outputGradient, gradients);

    const value = this.#value;
    const coefficient = this.#options.valueCoefficient;
    record.valueLoss = valueLoss(this.#values, this.#returns, coefficient, value.net.outputGradient);
    value.net.backward(value.parameters, value.net.outputGradient, value.gradients);
  }

  #step(scale: number): boolean {
    const { parameters, gradients, record, state } = this;
    const limit = this.#options.maxGradientNorm ?? Number.POSITIVE_INFINITY;
    record.gradientNorm = norm(gradients, this.#engine);
    if (!Number.isFinite(record.gradientNorm)) {
      // An optimizer refuses such a gradient.
      record.updateNorm = Number.NaN;
      record.effectiveStep = Number.NaN;
      return false;
    }
    if (record.gradientNorm > limit) {
      const shrink = limit / record.gradientNorm;
      for (let i = 0; i < gradients.length; i++) gradients[i] *= shrink;
    }
    const update = this.#optimizer.update(gradients, state, parameters);
    record.updateNorm = scale * norm(update, this.#engine);
    record.effectiveStep = record.updateNorm / Math.min(record.gradientNorm, limit);
    const { policyLoss, valueLoss, gradientNorm, updateNorm } = record;
    if (!Number.isFinite(policyLoss + valueLoss + gradientNorm + updateNorm)) return false;
    for (let i = 0; i < parameters.length; i++) parameters[i] += scale * update[i];
    return true;
  }

  #place(net: Mlp, offset: number): Network {
    return {
      net,
      parameters: this.parameters.subarray(offset, offset + net.size),
      gradients: this.gradients.subarray(offset, offset + net.size),
    };
  }
}

/** A network and its windows into the agent's flat vectors. */
interface Network {
  readonly net: Mlp;
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
}

/** A softmax policy on a batch of logits: p and log p of every choice, [rows, choices], and what was chosen. */
export interface ChoiceBatch {
  readonly choices: number;
  readonly probabilities: ArrayLike<number>;
  readonly logProbabilities: ArrayLike<number>;
  readonly actions: Int32Array;
  readonly firstAction: number;
  readonly advantages: Float64Array;
}

/**
 * The policy's loss − mean(A log π(a|s)) and entropy mean(H), and the gradient of loss − c_H · entropy at the logits:
 *
 *     ∂ log pₐ/∂lₖ = 1[k = a] − pₖ,     ∂H/∂lₖ = − pₖ (log pₖ + H),     H = − Σ pₖ log pₖ
 *
 * @param outputGradient [rows, choices], overwritten
 */
export function policyLoss(
  { choices, probabilities, logProbabilities, actions, firstAction, advantages }: ChoiceBatch,
  entropyCoefficient: number,
  outputGradient: Float32Array,
): { policyLoss: number; entropy: number } {
  const rows = actions.length;
  let loss = 0;
  let entropySum = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * choices;
    let entropy = 0;
    // A probability that underflows to 0 counts nothing, as p log p does in the limit.
    for (let k = from; k < from + choices; k++) {
      if (probabilities[k] !== 0) entropy -= probabilities[k] * logProbabilities[k];
    }
    const chosen = from + actions[row] - firstAction;
    const advantage = advantages[row];
    loss -= advantage * logProbabilities[chosen];
    entropySum += entropy;
    for (let k = from; k < from + choices; k++) {
      const p = probabilities[k];
      const towards = advantage * (p - (k === chosen ? 1 : 0));
      const spread = p === 0 ? 0 : p * (logProbabilities[k] + entropy);
      outputGradient[k] = (towards + entropyCoefficient * spread) / rows;
    }
  }
  return { policyLoss: loss / rows, entropy: entropySum / rows };
}

/**
 * The value's loss ½ mean((R − V)²), and the gradient of c_V · loss at the values.
 *
 * @param outputGradient [rows], overwritten
 */
export function valueLoss(
  values: ArrayLike<number>,
  returns: Float64Array,
  coefficient: number,
  outputGradient: Float32Array,
): number {
  const rows = returns.length;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const error = values[row] - returns[row];
    loss += 0.5 * error * error;
    outputGradient[row] = (coefficient * error) / rows;
  }
  return loss / rows;
}

/** To mean 0 and deviation 1, in place; the deviation is that of these numbers, not an estimate of a population's. */
export function normalise(numbers: Float64Array): void {
  let sum = 0;
  for (let k = 0; k < numbers.length; k++) sum += numbers[k];
  const mean = sum / numbers.length;
  let squares = 0;
  for (let k = 0; k < numbers.length; k++) squares += (numbers[k] - mean) * (numbers[k] - mean);
  const deviation = Math.sqrt(squares / numbers.length) + 1e-8;
  for (let k = 0; k < numbers.length; k++) numbers[k] = (numbers[k] - mean) / deviation;
}
