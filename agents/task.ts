import { z } from "zod";
import { driftingParameters } from "../envs/drift/options.js";
import { envSchema } from "../envs/options.js";
import { makeVector } from "../envs/registry.js";
import { createEngine } from "../src/kernels/create.js";
import { networkSchema } from "../src/nn/spec.js";
import { buildOptimizer } from "../src/optim/create.js";
import { Streams } from "../src/rng/streams.js";
import { mean } from "../src/stats/mean.js";
import { digest } from "../src/study/digest.js";
import { mostSteps, type Outcome, type RunContext, type RunResult, type Task } from "../src/study/task.js";
import { agentSchema, createAgent, definitionOf } from "./definitions.js";
import { agentOptimizerSchema } from "./optimizer.js";

export const rlTaskSchema = z
  .strictObject({
    env: envSchema.prefault({}),
    agent: agentSchema.prefault({}),
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
    const refused = definitionOf(agent).refuse?.(agent, { copies: env.copies, steps });
    if (refused !== undefined) context.addIssue({ code: "custom", ...refused });
  });
export type RlTaskConfig = z.output<typeof rlTaskSchema>;

const recent = 100;

/**
 * Trains an agent on an environment that may drift; after an update from steps in which it has, the optimizer is told.
 *
 * Table `metrics`, one row per update: `update` (1, 2, …); `step` (environment steps so far, over all copies); what the
 * agent records, see its own file; `changes` (how often a parameter has drifted); and one column per drifting
 * parameter, of its name: its value at the last step before the update.
 *
 * Table `episodes`, one row per episode's end: `step` (environment steps so far), `return`, `length`, `copy`.
 *
 * Summary: `episodes`, `meanReturnLast100` (of the last 100 episodes, or of all where there are fewer; null where
 * there are none), `changes`, `steps` and `updates` done: as many as `steps` suffice for.
 */
export const rlTask: Task<RlTaskConfig> = {
  name: "rl",
  description: "an agent on an environment that may drift",
  schema: rlTaskSchema,
  run,
};

function run(config: RlTaskConfig, context: RunContext): RunResult {
  const { steps } = config;
  const streams = new Streams(context.seed);
  const env = makeVector(config.env.id, { ...config.env, streams });
  const engine = createEngine(context.engine);
  const optimizer = buildOptimizer(config.optimizer, engine);
  const agent = createAgent(config.agent, { engine, env, streams, optimizer, network: config.network, steps });

  const { columns } = definitionOf(config.agent);
  const drifting = driftingParameters(config.env.drift, env.spec.distributions);
  const metrics = context.table("metrics", {
    update: "int32",
    step: "int32",
    ...columns,
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

  const recorded = Object.keys(columns);
  let outcome: Outcome = { kind: "completed" };
  let changes = env.changes;
  while (outcome.kind === "completed" && agent.collect(steps - env.clock, onEpisode)) {
    const { row, divergence } = agent.learn(env.changes !== changes);
    changes = env.changes;
    metrics.append(
      agent.state.update,
      env.clock,
      ...recorded.map((column) => row[column]),
      changes,
      ...drifting.map((parameter) => env.parameters.get(parameter)),
    );
    if (divergence !== undefined) outcome = { kind: "diverged", step: env.clock, reason: divergence };
    context.progress(env.clock / steps, lastReturns.length > 0 ? { meanReturnLast100: mean(lastReturns) } : {});
  }
  return {
    outcome,
    summary: {
      episodes: episodes.rows,
      meanReturnLast100: lastReturns.length > 0 ? mean(lastReturns) : null,
      changes,
      steps: env.clock,
      updates: agent.state.update,
    },
    parametersSha256: digest(agent.state.parameters),
  };
}
