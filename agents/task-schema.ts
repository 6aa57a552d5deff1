import { z } from "zod";
import { envSchema, isKnown, specOf } from "../envs/options.js";
import { networkSchema } from "../src/nn/spec.js";
import { optimizerSchema } from "../src/optim/create.js";
import { mostSteps } from "../src/study/task.js";
import type { Refusal } from "./agent.js";
import { type AgentOptions, agentSchema, definitionOf, withDefaults } from "./definitions.js";
import { interventionSchema, refusedIntervention } from "./interventions.js";
import { refusedPolicy } from "./policies/create.js";

/** Of agents that have networks. */
export const defaultNetwork = networkSchema.parse({});

/** A run of an agent on an environment as configuration files write it, with what suits the agent for what is left out. */
export const rlTaskSchema = z.preprocess(
  withDefaults,
  z
    .strictObject({
      env: envSchema.describe("the environment, its copies, what drifts in it"),
      agent: agentSchema.describe("the learner; a2c where none is named"),
      optimizer: optimizerSchema.describe("of all parameters: one state over one vector; defaults are the agent's"),
      optimizers: z
        .strictObject({
          policy: optimizerSchema.optional().describe("of the policy network's parameters"),
          value: optimizerSchema.optional().describe("of the value network's parameters"),
        })
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
      // An unknown environment has been refused already, and a program's is checked once it has been asked.
      if (!isKnown(env)) return;
      const settings = { spec: specOf(env), copies: env.copies, steps };
      const refusals = [
        refusedPolicy(settings.spec, agent),
        definition.refuse?.(agent, settings),
        refusedIntervention(interventions ?? [], { drifts: env.drift.length > 0, steps }),
      ];
      for (const refusal of refusals) if (refusal !== undefined) refuse(refusal);
    })
    .transform((config) => ({ ...config, ...(hasNetworks(config) && { network: config.network ?? defaultNetwork }) })),
);
/** A checked configuration of the task `rl`. */
export type RlTaskConfig = z.output<typeof rlTaskSchema>;

function hasNetworks({ agent }: { readonly agent: AgentOptions }): boolean {
  return definitionOf(agent).networks(agent).length > 0;
}
