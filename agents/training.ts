import { specOf } from "../envs/options.js";
import { makeVector } from "../envs/registry.js";
import { createEngine } from "../src/kernels/create.js";
import type { Engine } from "../src/kernels/engine.js";
import { buildOptimizer } from "../src/optim/create.js";
import { Streams } from "../src/rng/streams.js";
import type { RunContext } from "../src/study/task.js";
import type { Training } from "./checkpoint.js";
import { createAgent } from "./definitions.js";
import { Interventions } from "./interventions.js";
import { defaultNetwork, type RlTaskConfig } from "./task-schema.js";

/** A training and the engine that its networks stand in. */
export interface EngineTraining extends Training {
  readonly engine: Engine;
}

/**
 * The training of a checked configuration, before its first step.
 *
 * @param build makes the optimizers
 */
export function createTraining(
  config: RlTaskConfig,
  { seed, engine: engineName, base }: Pick<RunContext, "seed" | "engine" | "base">,
  build = buildOptimizer,
): EngineTraining {
  const streams = new Streams(seed);
  const env = makeVector(specOf(config.env, base), { ...config.env, streams });
  const engine = createEngine(engineName);
  const { policy = config.optimizer, value = config.optimizer } = config.optimizers ?? {};
  const agent = createAgent(config.agent, {
    ...{ engine, env, streams, steps: config.steps },
    optimizer: build(policy, engine, base),
    ...(config.optimizers && { valueOptimizer: build(value, engine, base) }),
    network: config.network ?? defaultNetwork,
  });
  const interventions = config.interventions && new Interventions(config.interventions, agent);
  return { agent, env, streams, engine, ...(interventions && { interventions }) };
}
