import { z } from "zod";
import { driftingParameters } from "../envs/drift/options.js";
import { envSchema } from "../envs/options.js";
import { makeVector } from "../envs/registry.js";
import { createEngine } from "../src/kernels/create.js";
import { networkSchema } from "../src/nn/spec.js";
import { buildOptimizer } from "../src/optim/create.js";
import { withOptimizerModules } from "../src/optim/user-modules.js";
import { Streams } from "../src/rng/streams.js";
import { mean } from "../src/stats/mean.js";
import { columnsNamed } from "../src/study/tables.js";
import { mostSteps, type Outcome, type RunContext, type RunResult, type Task } from "../src/study/task.js";
import { agentColumns, agentSchema, createAgent, definitionOf } from "./definitions.js";
import { agentOptimizerSchema } from "./optimizer.js";
import { rlSummary, rlTables } from "./tables.js";

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
/**
 * Trains an agent on an environment that may drift; after an update from steps in which it has, the optimizer is told.
 */
export const rlTask: Task<RlTaskConfig> = {
  name: "rl",
  description: "an agent on an environment that may drift",
  tables: {
    ...rlTables,
    metrics: { ...rlTables.metrics, further: { ...rlTables.metrics.further, ...agentColumns } },
  },
  summary: rlSummary,
  schema: rlTaskSchema,
  resolve: withOptimizerModules,
  run,
};

function run(config: RlTaskConfig, context: RunContext): RunResult {
  const { steps } = config;
  const streams = new Streams(context.seed);
  const env = makeVector(config.env.id, { ...config.env, streams });
  const engine = createEngine(context.engine);
  const optimizer = buildOptimizer(config.optimizer, engine, context.base);
  const agent = createAgent(config.agent, { engine, env, streams, optimizer, network: config.network, steps });

  const { columns } = definitionOf(config.agent);
  const { update, step, changes } = rlTables.metrics.columns;
  const drifting = driftingParameters(config.env.drift, env.spec.distributions);
  const metrics = context.table(rlTables.metrics, {
    update,
    step,
    ...columns,
    changes,
    ...columnsNamed(drifting, rlTables.metrics.further["<parameter>"]),
  });
  const episodes = context.table(rlTables.episodes);

  const lastReturns: number[] = [];
  const onEpisode = (clock: number, episodeReturn: number, length: number, copy: number) => {
    episodes.appendRow({ step: clock, return: episodeReturn, length, copy });
    lastReturns.push(episodeReturn);
    if (lastReturns.length > recent) lastReturns.shift();
  };

  const recorded = Object.keys(columns);
  let outcome: Outcome = { kind: "completed" };
  let seenChanges = env.changes;
  while (outcome.kind === "completed" && agent.collect(steps - env.clock, onEpisode)) {
    const { row, divergence } = agent.learn(env.changes !== seenChanges);
    seenChanges = env.changes;
    metrics.append(
      agent.state.update,
      env.clock,
      ...recorded.map((column) => row[column]),
      seenChanges,
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
      changes: env.changes,
      steps: env.clock,
      updates: agent.state.update,
    },
    parameters: [agent.state.parameters],
  };
}
