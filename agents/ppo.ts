import { z } from "zod";
import type { RandomStream } from "../src/rng/random-stream.js";
import { chooseActions, drawActions } from "./acting.js";
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
import { Minibatch } from "./minibatch.js";
import { type ActorCritic, createActorCritic } from "./networks.js";
import { createNormalisers, type Normalisers, normalisersState } from "./normalisers.js";
import { OptimizerStep, type StepRecord } from "./optimizer-step.js";
import * as options from "./options.js";
import { createPolicy } from "./policies/create.js";
import type { Policy } from "./policies/policy.js";
import { clippedSurrogate, clippedValueLoss, type Surrogate, surrogateColumns } from "./ppo-losses.js";
import { type Act, Rollout, refuseShortRun } from "./rollout.js";
import { updateColumns } from "./tables.js";

const clipRange = z.number().positive();

const schema = z.strictObject({
  name: z.literal("ppo"),
  rollout: z.int().positive().default(128).describe("steps of each copy per update"),
  epochs: z.int().positive().default(4).describe("passes over a rollout"),
  minibatches: z.int().positive().default(4).describe("equal parts of a rollout, one optimizer step each"),
  gamma: options.gamma,
  lambda: options.lambda,
  clip: clipRange.default(0.2).describe("ε: ratios of probabilities count up to 1 ± ε"),
  valueClip: clipRange
    .nullable()
    .default(0.2)
    .describe("values count up to ± this from the old ones; null: all the way"),
  entropy: options.entropy,
  valueCoefficient: options.valueCoefficient,
  maxGradientNorm: options.maxGradientNorm,
  normaliseAdvantage: z.boolean().default(true).describe("advantages of a minibatch to mean 0 and deviation 1"),
  targetKl: z.number().positive().nullable().default(null).describe("no further epoch behind a mean KL above this"),
  annealLearningRate: options.annealLearningRate.default(true),
  normaliseObservations: options.normaliseObservations,
  normaliseRewards: options.normaliseRewards,
  signalRollouts: z
    .boolean()
    .default(false)
    .describe("tell the optimizer at each rollout that the objective has changed, see its onChange"),
  ...options.boxPolicy,
});
/** Options of the agent `ppo`, with every default filled in. */
export type PpoOptions = z.output<typeof schema>;

const columns = { ...updateColumns, ...surrogateColumns };

/**
 * Proximal policy optimisation (PPO): several epochs of minibatches over one rollout, held near the policy that played
 * it by clipping.
 *
 *     r = π(a|s)/π_old(a|s),     L = L_π − c_H mean(H(π(·|s))) + c_V L_V
 *     L_π = − mean(min(r A, clip(r, 1 ± ε) A))
 *     L_V = ½ mean(max((V − R)², (V_old + clip(V − V_old, ± ε_V) − R)²))
 *
 * A from generalised advantage estimation with the values before the first epoch, R = A + V_old; both, and what is old,
 * are constants of the gradient. One optimizer step per minibatch; defaults are CleanRL's for classic control.
 *
 * Recorded per update, that is per rollout: `policyLoss` L_π, `valueLoss` L_V and `entropy`, means over all minibatches;
 * `approximateKl` mean(r − 1 − log r) and `clipFraction`, the share of rows with |r − 1| > ε, means over the last epoch;
 * `epochs` done; the explained variance before the update; means over the steps of their `StepRecord`.
 *
 * Deviations from Schulman et al. (2017), all but the first CleanRL's: bootstrapping at truncation; separate networks;
 * orthogonal initialisation; the clipped value loss; advantages normalised per minibatch; clipping of the gradient;
 * annealing. From CleanRL: deviations of advantages are those of the minibatch, not estimates of a population's (√(n/(n
 * − 1)) larger); a `targetKl` is compared with the epoch's mean KL, not with its last minibatch's.
 *
 * Source: Schulman et al. (2017); `ppo.py` of CleanRL; Huang et al. (2022), "The 37 implementation details of PPO";
 * signals at each rollout: Ellis et al. (2024).
 */
export class Ppo implements Agent {
  readonly state: AgentState;
  readonly #options: PpoOptions;
  readonly #stream: RandomStream;
  readonly #shuffle: RandomStream;
  readonly #rollout: Rollout;
  readonly #normalisers: Normalisers;
  readonly #seen: Float32Array;
  readonly #policy: Policy;
  readonly #networks: ActorCritic;
  readonly #estimates: Estimates;
  /** What the policy's network said at each entry of the rollout, [size, policy outputs]. */
  readonly #outputs: Float32Array;
  readonly #oldLogs: Float64Array;
  readonly #order: Int32Array;
  /** The order's windows, one for each minibatch. */
  readonly #chosen: readonly Int32Array[];
  readonly #minibatch: Minibatch;
  readonly #step: OptimizerStep;
  readonly #updates: number;
  readonly #row: StepRecord & Record<Exclude<keyof typeof columns, keyof StepRecord>, number>;
  /** Of the last minibatch. */
  readonly #surrogate: Surrogate = { policyLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0 };
  /** How many of the rollout's outputs are there. */
  #filled = 0;
  readonly #act: Act = (observations, actions, executed) => {
    const outputs = drawActions(this.#networks, this.#policy, observations, this.#stream, actions);
    this.#outputs.set(outputs, this.#filled);
    this.#filled += outputs.length;
    this.#policy.execute(actions, executed);
  };

  constructor(options: PpoOptions, parts: AgentParts) {
    const { engine, env, streams, network, steps } = parts;
    this.#options = options;
    this.#stream = streams.get("policy");
    this.#shuffle = streams.get("data");
    this.#normalisers = createNormalisers(env, options);
    this.#rollout = new Rollout(engine, env, options.rollout, this.#normalisers);
    const { size, maxBootstrapRows } = this.#rollout;
    this.#policy = createPolicy(engine, env.spec, options, size);
    const inputs = env.spec.observationSpace.size;
    const spec = { inputs, policy: this.#policy, network, policyRows: size, valueRows: maxBootstrapRows };
    this.#networks = createActorCritic(engine, spec, streams.get("init"));
    this.#estimates = new Estimates(this.#rollout);
    this.#outputs = engine.allocate(size * this.#policy.outputs);
    this.#oldLogs = new Float64Array(size);
    this.#order = new Int32Array(size);
    const rows = size / options.minibatches;
    this.#chosen = Array.from({ length: options.minibatches }, (_, k) =>
      this.#order.subarray(k * rows, (k + 1) * rows),
    );
    this.#minibatch = new Minibatch(engine, rows, inputs, this.#policy.width);
    this.#seen = engine.allocate(env.copies * inputs);
    this.#step = new OptimizerStep(engine, parts, this.#networks, options.maxGradientNorm);
    this.#updates = Math.floor(steps / size);
    this.#row = Object.assign(this.#step.record, { ...emptyRow });
    this.state = {
      update: 0,
      parameters: this.#networks.parameters,
      optimizers: this.#step.states,
      rollout: this.#rollout.state,
      ...normalisersState(this.#normalisers),
    };
  }

  collect(steps: number, onEpisode: OnEpisode): boolean {
    if (steps < this.#rollout.size) return false;
    this.#filled = 0;
    this.#rollout.collect(this.#act, onEpisode);
    return true;
  }

  learn(changed: boolean): Update {
    const { gamma, lambda, epochs, annealLearningRate, targetKl, signalRollouts } = this.#options;
    const row = this.#row;
    Object.assign(row, emptyRow);
    this.#step.begin();
    if (signalRollouts) this.#step.signalChange();
    this.#estimates.compute(this.#networks.value, gamma, lambda);
    row.explainedVariance = this.#estimates.explainedVariance();
    this.#rememberProbabilities();
    const scale = annealLearningRate ? 1 - this.state.update / this.#updates : 1;
    let divergence: string | undefined;
    while (row.epochs < epochs && divergence === undefined) {
      divergence = this.#epoch(scale);
      row.epochs++;
      if (targetKl !== null && row.approximateKl > targetKl) break;
    }
    row.policyLoss /= row.epochs;
    row.valueLoss /= row.epochs;
    row.entropy /= row.epochs;
    this.state.update++;
    if (changed) this.#step.signalChange();
    this.#step.finish();
    return { row, divergence };
  }

  /** log π_old of the rollout. */
  #rememberProbabilities(): void {
    this.#policy.evaluate(this.#outputs, this.#networks.own.parameters, this.#rollout.actions);
    this.#oldLogs.set(this.#policy.logProbabilities);
  }

  /** Passes over the rollout once, in random order. */
  #epoch(scale: number): string | undefined {
    const { normaliseAdvantage } = this.#options;
    const row = this.#row;
    this.#shuffle.permutation(this.#order.length, this.#order);
    row.approximateKl = 0;
    row.clipFraction = 0;
    for (const chosen of this.#chosen) {
      this.#minibatch.gather(chosen, this.#rollout, this.#estimates, this.#oldLogs, normaliseAdvantage);
      const divergence = this.#step.take(scale, this.#computeGradients());
      if (divergence !== undefined) return divergence;
    }
    return undefined;
  }

  /** ∂L/∂θ of both networks for the minibatch. Returns which loss is not finite. */
  #computeGradients(): string | undefined {
    const { clip, valueClip, entropy, valueCoefficient, minibatches } = this.#options;
    const { rows, observations, actions, weights } = this.#minibatch;
    const { policy, own, value } = this.#networks;
    const row = this.#row;
    const surrogate = this.#surrogate;

    this.#policy.evaluate(policy.net.forward(policy.parameters, observations, rows), own.parameters, actions);
    clippedSurrogate(this.#policy, this.#minibatch, clip, weights, surrogate);
    this.#policy.gradient(weights, entropy, policy.net.outputGradient, own.gradients);
    policy.net.backward(policy.parameters, policy.net.outputGradient, policy.gradients);

    const values = value.net.forward(value.parameters, observations, rows);
    const valueLoss = clippedValueLoss(values, this.#minibatch, valueClip, valueCoefficient, value.net.outputGradient);
    value.net.backward(value.parameters, value.net.outputGradient, value.gradients);

    row.policyLoss += surrogate.policyLoss / minibatches;
    row.entropy += surrogate.entropy / minibatches;
    row.approximateKl += surrogate.approximateKl / minibatches;
    row.clipFraction += surrogate.clipFraction / minibatches;
    row.valueLoss += valueLoss / minibatches;
    if (!Number.isFinite(surrogate.policyLoss)) return "the policy's loss is not finite";
    return Number.isFinite(valueLoss) ? undefined : "the value's loss is not finite";
  }

  inspect(): Inspection {
    const { observations, size } = this.#rollout;
    const { policy, value, own } = this.#networks;
    return { networks: { policy, value }, own: own.parameters, observations, rows: size };
  }

  act(observations: Float32Array, actions: Float32Array, stream?: RandomStream): void {
    const seen =
      this.#normalisers.observations === undefined ? observations : this.#seen.subarray(0, observations.length);
    this.#normalisers.observations?.apply(observations, seen);
    chooseActions(this.#networks, this.#policy, seen, actions, stream);
  }
}

const emptyRow = {
  policyLoss: 0,
  valueLoss: 0,
  entropy: 0,
  explainedVariance: 0,
  approximateKl: 0,
  clipFraction: 0,
  epochs: 0,
};

/** PPO as it is known by name: options, defaults, columns, and how one is made. */
export const ppo = defineAgent({
  description: "proximal policy optimisation: epochs of minibatches over a rollout, clipped",
  schema,
  defaults: { copies: 4, optimizer: "adam", optimizers: { adam: { lr: 2.5e-4, eps: 1e-5 } } },
  columns,
  networks: () => ["policy", "value"],
  refuse({ rollout, minibatches }, settings) {
    const size = settings.copies * rollout;
    if (size % minibatches === 0) return refuseShortRun(rollout, settings);
    const message = `expected a divisor of the rollout's ${settings.copies} copies × ${rollout} steps = ${size}`;
    return { path: ["agent", "minibatches"], message };
  },
  create: (options, parts) => new Ppo(options, parts),
});
