import { z } from "zod";
import { driftingParameters } from "../envs/drift/options.js";
import { envSchema } from "../envs/options.js";
import { makeVector, names, spec } from "../envs/registry.js";
import { createEngine } from "../src/kernels/create.js";
import { networkSchema } from "../src/nn/spec.js";
import { buildOptimizer, optimizerSchema } from "../src/optim/create.js";
import { withOptimizerModules } from "../src/optim/user-modules.js";
import { Streams } from "../src/rng/streams.js";
import { mean } from "../src/stats/mean.js";
import { columnsNamed } from "../src/study/tables.js";
import { mostSteps, type Outcome, type RunContext, type RunResult, type Task } from "../src/study/task.js";
import type { Refusal } from "./agent.js";
import {
  type AgentOptions,
  agentColumns,
  agentSchema,
  createAgent,
  definitionOf,
  withDefaults,
} from "./definitions.js";
import { Interventions, interventionSchema, refusedIntervention } from "./interventions.js";
import { measureNetworks } from "./network-measures.js";
import { refusedPolicy } from "./policies/create.js";
import { rlSummary, rlTables } from "./tables.js";

const defaultNetwork = networkSchema.parse({});

export const rlTaskSchema = z.preprocess(
  withDefaults,
  z
    .strictObject({
      env: envSchema,
      agent: agentSchema,
      optimizer: optimizerSchema.describe("of all parameters: one state over one vector; defaults are the agent's"),
      optimizers: z
        .strictObject({ policy: optimizerSchema.optional(), value: optimizerSchema.optional() })
        .optional()
        .describe("one each for policy and value, where they have states of their own; one left out is `optimizer`"),
      network: networkSchema.optional().describe("hidden layers of each of the agent's networks (default 64-64 tanh)"),
      steps: z
        .int()
        .positive()
        .max(mostSteps)
        .default(500_000)
        .describe("environment steps over all copies; the last update is the last one that they suffice for"),
      networkMeasuresEvery: z
        .int()
        .positive()
        .optional()
        .describe("updates between two rows of the table networks; no such table where left out"),
      interventions: z
        .array(interventionSchema)
        .min(1)
        .optional()
        .describe("what is done to the learner, and when, recorded in the table interventions"),
    })
    .superRefine(({ env, agent, optimizers, network, steps, networkMeasuresEvery, interventions }, context) => {
      const refuse = ({ path, message }: Refusal) => context.addIssue({ code: "custom", path, message });
      const definition = definitionOf(agent);
      const networks = definition.networks(agent);
      for (const [key, value] of Object.entries({ network, networkMeasuresEvery })) {
        if (value === undefined || networks.length > 0) continue;
        refuse({ path: [key], message: `${agent.name} has no network; leave it out` });
      }
      if (network?.normalization === "batch") {
        const message = "an agent acts on one observation at a time, which is no batch; expected none or layer";
        refuse({ path: ["network", "normalization"], message });
      }
      if (optimizers !== undefined && networks.length < 2) {
        const message = `${agent.name} has no value network to have an optimizer of its own; leave it out`;
        refuse({ path: ["optimizers"], message });
      }
      // An unknown environment has been refused already.
      if (!names().includes(env.id)) return;
      const settings = { spec: spec(env.id), copies: env.copies, steps };
      const refusals = [
        refusedPolicy(settings.spec, agent),
        definition.refuse?.(agent, settings),
        refusedIntervention(interventions ?? [], { drifts: env.drift.length > 0, steps }),
      ];
      for (const refusal of refusals) if (refusal !== undefined) refuse(refusal);
    })
    .transform((config) => ({ ...config, ...(hasNetworks(config) && { network: config.network ?? defaultNetwork }) })),
);
export type RlTaskConfig = z.output<typeof rlTaskSchema>;

function hasNetworks({ agent }: { readonly agent: AgentOptions }): boolean {
  return definitionOf(agent).networks(agent).length > 0;
}

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
  const { policy = config.optimizer, value = config.optimizer } = config.optimizers ?? {};
  const agent = createAgent(config.agent, {
    ...{ engine, env, streams, steps },
    optimizer: buildOptimizer(policy, engine, context.base),
    ...(config.optimizers && { valueOptimizer: buildOptimizer(value, engine, context.base) }),
    network: config.network ?? defaultNetwork,
  });

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
  const { networkMeasuresEvery } = config;
  const interventions = config.interventions && new Interventions(config.interventions, agent);
  const intervened = interventions && context.table(rlTables.interventions);
  const onIntervention = (intervention: number) =>
    intervened?.appendRow({ step: env.clock, update: agent.state.update, intervention });
  const networks = networkMeasuresEvery === undefined ? undefined : context.table(rlTables.networks);

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
    const changed = env.changes !== seenChanges;
    seenChanges = env.changes;
    context.progress(env.clock / steps, lastReturns.length > 0 ? { meanReturnLast100: mean(lastReturns) } : {});
    if (interventions?.before(env.clock, changed, onIntervention) === "skip") continue;
    const { row, divergence } = agent.learn(changed);
    metrics.append(
      agent.state.update,
      env.clock,
      ...recorded.map((column) => row[column]),
      seenChanges,
      ...drifting.map((parameter) => env.parameters.get(parameter)),
    );
    if (networkMeasuresEvery !== undefined && agent.state.update % networkMeasuresEvery === 0) {
      networks?.appendRow({ update: agent.state.update, step: env.clock, ...measureNetworks(agent.inspect()) });
    }
    if (divergence !== undefined) outcome = { kind: "diverged", step: env.clock, reason: divergence };
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
