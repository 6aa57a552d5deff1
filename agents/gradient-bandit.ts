import { z } from "zod";
import type { Discrete } from "../envs/spaces/index.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import { column } from "../src/study/tables.js";
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
import { OptimizerStep, type StepRecord } from "./optimizer-step.js";
import { policyLoss } from "./policies/policy-loss.js";
import { Softmax } from "./policies/softmax.js";
import { type Act, Rollout } from "./rollout.js";
import { updateColumns } from "./tables.js";

const schema = z.strictObject({
  name: z.literal("gradientBandit"),
  baseline: z.enum(["none", "average"]).default("average").describe("what is taken from rewards: 0, or their average"),
  baselineRate: z
    .number()
    .positive()
    .max(1)
    .optional()
    .describe("step size of the average, for rewards that drift (default 1/n: the mean of all n rewards so far)"),
});
/** Options of the agent `gradientBandit`, with every default filled in. */
export type GradientBanditOptions = z.output<typeof schema>;

const { policyLoss: loss, entropy, gradientNorm, updateNorm, effectiveStep, rootSquareAverage } = updateColumns;
const columns = {
  policyLoss: loss,
  entropy,
  reward: column("float64", "the mean reward of the update's pulls"),
  baseline: column("float64", "the mean over the pulls of the average reward before them"),
  ...{ gradientNorm, updateNorm, effectiveStep, rootSquareAverage },
};
type Row = Record<Exclude<keyof typeof columns, keyof StepRecord>, number>;
const emptyRow: Row = { policyLoss: 0, entropy: 0, reward: 0, baseline: 0 };

/**
 * The gradient bandit: a preference H(a) for each action, moved by gradient ascent on the expected reward after every
 * pull.
 *
 *     π(a) = softmax(H)ₐ,     H(a) ← H(a) + α (R − R̄)(1[a = A] − π(a)),     R̄ ← R̄ + β (R − R̄)
 *
 * with R̄ the average of the rewards before this pull, β = 1/n or constant. The optimizer is handed the gradient of
 * − (R − R̄) log π(A): gradient descent with learning rate α is the rule above, and any other may take its place. Where
 * there are contexts each has preferences and an average of its own; several copies are pulls that one update averages.
 *
 * Recorded per update: `policyLoss` − mean((R − R̄) log π(A)), `entropy`, `reward`, `baseline`, the step's measures.
 *
 * Deviation: Sutton and Barto's text lets R̄ include the present reward; here it does not, so that the expected update is
 * α π(a)(q(a) − Σ π q) exactly.
 *
 * Source: Sutton and Barto (2018), section 2.8; Williams (1992).
 */
export class GradientBandit implements Agent {
  readonly state: AgentState;
  readonly #options: GradientBanditOptions;
  readonly #stream: RandomStream;
  readonly #rollout: Rollout;
  readonly #policy: Softmax;
  readonly #preferences: { readonly parameters: Float32Array; readonly gradients: Float32Array };
  /** R̄ and n of each context. */
  readonly #averages: Float64Array;
  readonly #counts: Float64Array;
  readonly #logits: Float32Array;
  readonly #logitGradients: Float32Array;
  readonly #weights: Float64Array;
  readonly #step: OptimizerStep;
  readonly #row: StepRecord & Row;
  readonly #contexts: number;
  readonly #act: Act = (observations, actions, executed) => {
    this.#policy.sample(this.#logitsFor(observations), none, this.#stream, actions);
    this.#policy.execute(actions, executed);
  };

  constructor(options: GradientBanditOptions, parts: AgentParts) {
    const { engine, env, streams } = parts;
    const space = env.spec.actionSpace as Discrete;
    const { copies } = env;
    this.#options = options;
    this.#stream = streams.get("policy");
    this.#rollout = new Rollout(engine, env, 1);
    this.#policy = new Softmax(engine, space, copies);
    this.#contexts = env.spec.observationSpace.size;
    const [parameters, gradients] = [0, 1].map(() => engine.allocate(this.#contexts * space.n));
    this.#preferences = { parameters, gradients };
    this.#averages = new Float64Array(this.#contexts);
    this.#counts = new Float64Array(this.#contexts);
    this.#logits = engine.allocate(copies * space.n);
    this.#logitGradients = engine.allocate(copies * space.n);
    this.#weights = new Float64Array(copies);
    this.#step = new OptimizerStep(engine, parts, { ...this.#preferences, parts: { policy: this.#preferences } }, null);
    this.#row = Object.assign(this.#step.record, { ...emptyRow });
    this.state = {
      update: 0,
      parameters,
      optimizers: this.#step.states,
      rollout: this.#rollout.state,
      averages: this.#averages,
      counts: this.#counts,
    };
  }

  collect(steps: number, onEpisode: OnEpisode): boolean {
    if (steps < this.#rollout.size) return false;
    this.#rollout.collect(this.#act, onEpisode);
    return true;
  }

  learn(changed: boolean): Update {
    const { observations, actions, rewards, size } = this.#rollout;
    const row = Object.assign(this.#row, emptyRow);
    this.#step.begin();
    for (let i = 0; i < size; i++) {
      const baseline = this.#averages[this.#contextOf(observations, i)];
      this.#weights[i] = rewards[i] - baseline;
      row.reward += rewards[i] / size;
      row.baseline += baseline / size;
    }
    if (this.#options.baseline === "average") this.#average();
    this.#policy.evaluate(this.#logitsFor(observations), none, actions);
    policyLoss(this.#policy, this.#weights, row);
    this.#policy.gradient(this.#weights, 0, this.#logitGradients);
    this.#gatherGradients();
    const objection = Number.isFinite(row.policyLoss) ? undefined : "the policy's loss is not finite";
    const divergence = this.#step.take(1, objection);
    this.state.update++;
    if (changed) this.#step.signalChange();
    this.#step.finish();
    return { row, divergence };
  }

  /** Takes the pulls' rewards into the averages. */
  #average(): void {
    const { observations, rewards, size } = this.#rollout;
    for (let i = 0; i < size; i++) {
      const context = this.#contextOf(observations, i);
      const rate = this.#options.baselineRate ?? 1 / (this.#counts[context] + 1);
      this.#counts[context]++;
      this.#averages[context] += rate * (rewards[i] - this.#averages[context]);
    }
  }

  /** The preferences in the context of each row of observations, [rows, choices]. */
  #logitsFor(observations: Float32Array): Float32Array {
    const n = this.#policy.outputs;
    for (let row = 0; row < observations.length / this.#contexts; row++) {
      const from = this.#contextOf(observations, row) * n;
      for (let k = 0; k < n; k++) this.#logits[row * n + k] = this.#preferences.parameters[from + k];
    }
    return this.#logits;
  }

  #gatherGradients(): void {
    const n = this.#policy.outputs;
    const { gradients } = this.#preferences;
    gradients.fill(0);
    for (let i = 0; i < this.#rollout.size; i++) {
      const to = this.#contextOf(this.#rollout.observations, i) * n;
      for (let k = 0; k < n; k++) gradients[to + k] += this.#logitGradients[i * n + k];
    }
  }

  /** The context that a row shows: the place of its 1. */
  #contextOf(observations: Float32Array, row: number): number {
    const from = row * this.#contexts;
    for (let context = 0; context < this.#contexts; context++) if (observations[from + context] === 1) return context;
    throw new RangeError(`observations: expected a 1 in row ${row}`);
  }

  inspect(): Inspection {
    const { observations, size } = this.#rollout;
    return { networks: {}, observations, rows: size };
  }

  act(observations: Float32Array, actions: Float32Array, stream?: RandomStream): void {
    const logits = this.#logitsFor(observations);
    if (stream === undefined) this.#policy.mode(logits, none, actions);
    else this.#policy.sample(logits, none, stream, actions);
    this.#policy.execute(actions, actions);
  }
}

/** A softmax has no parameters of its own. */
const none = new Float32Array(0);

/** The gradient bandit as it is known by name: options, defaults, columns, and how one is made. */
export const gradientBandit = defineAgent({
  description: "gradient bandit: preferences for the arms of a bandit, with an average reward as baseline",
  schema,
  defaults: { copies: 1, optimizer: "sgd", optimizers: { sgd: { lr: 0.1 } } },
  columns,
  networks: () => [],
  refuse({ baseline, baselineRate }, { spec, copies, steps }): Refusal | undefined {
    const { id, maxEpisodeSteps, observationSpace, actionSpace } = spec;
    if (actionSpace.kind !== "discrete" || observationSpace.kind !== "discrete" || maxEpisodeSteps !== 1) {
      const message = `gradientBandit pulls one of n arms, an episode a pull; ${id} is no bandit`;
      return { path: ["env", "id"], message };
    }
    if (baseline === "none" && baselineRate !== undefined) {
      return { path: ["agent", "baselineRate"], message: "leave it out: without a baseline there is no average" };
    }
    if (steps >= copies) return undefined;
    return { path: ["steps"], message: `expected at least one for each of ${copies} copies` };
  },
  create: (options, parts) => new GradientBandit(options, parts),
});
