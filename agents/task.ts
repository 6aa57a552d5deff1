import { z } from "zod";
import { driftingParameters } from "../envs/drift/options.js";
import { envSchema } from "../envs/options.js";
import { makeVector } from "../envs/registry.js";
import { createEngine } from "../src/kernels/create.js";
import { networkSchema } from "../src/nn/spec.js";
import { buildOptimizer } from "../src/optim/create.js";
import type { Vector } from "../src/optim/transform.js";
import { withOptimizerModules } from "../src/optim/user-modules.js";
import { Streams } from "../src/rng/streams.js";
import { mean } from "../src/stats/mean.js";
import { digest } from "../src/study/digest.js";
import { mostSteps, type Outcome, type RunContext, type RunResult, type Task } from "../src/study/task.js";
import { A2c, a2cSchema } from "./a2c.js";
import { median } from "./median.js";
import { agentOptimizerSchema } from "./optimizer.js";

export const rlTaskSchema = z
  .strictObject({
    env: envSchema.prefault({}),
    agent: z.discriminatedUnion("name", [a2cSchema]).prefault({}),
    optimizer: agentOptimizerSchema.describe("of policy and value together: one state over one vector"),
    network: networkSchema.prefault({}).describe("hidden layers of the policy and of the value network"),
    steps: z
      .int()
      .positive()
      .max(mostSteps)
      .default(500_000)
      .describe("environment steps over all copies; whole rollouts are played"),
  })
  .superRefine(({ env, agent, network, steps }, context) => {
    if (network.normalization === "batch") {
      const message = "an agent acts on one observation at a time, which is no batch; expected none or layer";
      context.addIssue({ code: "custom", path: ["network", "normalization"], message });
    }
    const size = env.copies * agent.rollout;
    if (steps >= size) return;
    const message = `expected at least one rollout, ${env.copies} copies × ${agent.rollout} steps = ${size}`;
    context.addIssue({ code: "custom", path: ["steps"], message });
  });
export type RlTaskConfig = z.output<typeof rlTaskSchema>;

const recent = 100;

/**
 * Trains an agent on an environment that may drift; after a rollout in which it has, the optimizer is told.
 *
 * Table `metrics`, one row per update of the optimizer: `update` (1, 2, …); `step` (environment steps so far, over all
 * copies); `policyLoss`, `valueLoss`, `entropy` of the rollout; `gradientNorm` before clipping; `updateNorm`;
 * `effectiveStep` (norm of the update by norm of the clipped gradient); `rootSquareAverage` (the lower median of √v
 * over the parameters; NaN where the optimizer keeps no mean square); `changes` (how often a parameter has drifted);
 * and one column per drifting parameter, of its name: its value at the rollout's last step.
 *
 * Table `episodes`, one row per episode's end: `step` (environment steps so far), `return`, `length`, `copy`.
 *
 * Summary: `episodes`, `meanReturnLast100` (of the last 100 episodes, or of all where there are fewer; null where
 * there are none), `changes`, `steps` and `updates` done: the largest whole number of rollouts within `steps`.
 */
export const rlTask: Task<RlTaskConfig> = {
  name: "rl",
  description: "an agent on an environment that may drift",
  schema: rlTaskSchema,
  resolve: withOptimizerModules,
  run,
};

function run(config: RlTaskConfig, context: RunContext): RunResult {
  const { agent: options, steps } = config;
  const streams = new Streams(context.seed);
  const env = makeVector(config.env.id, { ...config.env, streams });
  const engine = createEngine(context.engine);
  const optimizer = buildOptimizer(config.optimizer, engine, context.folder);
  const agent = new A2c(engine, env, streams, optimizer, options, config.network);

  const drifting = driftingParameters(config.env.drift, env.spec.distributions);
  const metrics = context.table("metrics", {
    update: "int32",
    step: "int32",
    policyLoss: "float64",
    valueLoss: "float64",
    entropy: "float64",
    gradientNorm: "float64",
    updateNorm: "float64",
    effectiveStep: "float64",
    rootSquareAverage: "float64",
    changes: "int32",
    ...Object.fromEntries(drifting.map((parameter) => [parameter, "float64" as const])),
  });
  const episodes = context.table("episodes", { step: "int32", return: "float64", length: "int32", copy: "int32" });

  const lastReturns: number[] = [];
  const onEpisode = (clock: number, episodeReturn: number, length: number, copy: number) => {
    episodes.append(clock, episodeReturn, length, copy);
    lastReturns.push(episodeReturn);
    if (lastReturns.length > recent) lastReturns.shift();
  };

  const updates = Math.floor(steps / (env.copies * options.rollout));
  const squareAverage = agent.state.squareAverage as Vector | undefined;
  const scratch = squareAverage?.slice();
  let outcome: Outcome = { kind: "completed" };
  let update = 0;
  while (update < updates && outcome.kind === "completed") {
    const scale = options.annealLearningRate ? 1 - update / updates : 1;
    const changesBefore = env.changes;
    const finite = agent.update(scale, onEpisode);
    if (env.changes !== changesBefore) optimizer.change(agent.state);
    update++;
    const { policyLoss, valueLoss, entropy, gradientNorm, updateNorm, effectiveStep } = agent.record;
    metrics.append(
      update,
      env.clock,
      policyLoss,
      valueLoss,
      entropy,
      gradientNorm,
      updateNorm,
      effectiveStep,
      squareAverage && scratch ? Math.sqrt(median(squareAverage, scratch)) : Number.NaN,
      env.changes,
      ...drifting.map((parameter) => env.parameters.get(parameter)),
    );
    if (!finite) outcome = { kind: "diverged", step: env.clock, reason: notFinite(agent.record) };
    context.progress(update / updates, lastReturns.length > 0 ? { meanReturnLast100: mean(lastReturns) } : {});
  }
  return {
    outcome,
    summary: {
      episodes: episodes.rows,
      meanReturnLast100: lastReturns.length > 0 ? mean(lastReturns) : null,
      changes: env.changes,
      steps: env.clock,
      updates: update,
    },
    parametersSha256: digest(agent.parameters),
  };
}

/** Which number of an update broke, the first in the order in which they are computed. */
function notFinite(record: A2c["record"]): string {
  const { policyLoss, valueLoss, gradientNorm } = record;
  if (!Number.isFinite(policyLoss)) return "the policy's loss is not finite";
  if (!Number.isFinite(valueLoss)) return "the value's loss is not finite";
  return Number.isFinite(gradientNorm) ? "the update is not finite" : "the gradient is not finite";
}
