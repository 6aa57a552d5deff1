import { z } from "zod";
import { definitionOf, schemasOf } from "../config/definitions.js";
import { buildOptimizer, optimizerSchema, withOptimizerModules } from "../optim/index.js";
import { play } from "../play/play.js";
import { Streams } from "../rng/streams.js";
import { columnsNamed } from "../study/tables.js";
import { mostSteps, type Outcome, type Task } from "../study/task.js";
import type { ProblemDefinition } from "./definition.js";
import { problems } from "./index.js";
import { problemSummary, problemTables } from "./tables.js";

export const problemTaskSchema = z.strictObject({
  problem: z.discriminatedUnion("name", [...schemasOf(problems)]),
  optimizer: optimizerSchema,
  steps: z.int().positive().max(mostSteps).default(6000).describe("of the optimizer"),
});
export type ProblemTaskConfig = z.output<typeof problemTaskSchema>;

/**
 * Runs an optimizer on a problem, a game of one player; the problem's changes are signalled to the optimizer.
 *
 * The effective step |Δθ|/|g| is `normalisedStep` · η / |gradient|.
 */
export const problemTask: Task<ProblemTaskConfig> = {
  name: "problem",
  description: "an optimizer on a problem of its own",
  schema: problemTaskSchema,
  tables: problemTables,
  summary: problemSummary,
  resolve: withOptimizerModules,
  run({ problem: options, optimizer, steps }, context) {
    const problem = definitionOf<ProblemDefinition>(problems, options.name).create(options, new Streams(context.seed));
    const { parameters } = problem.players[0];
    const { columns, further } = problemTables.metrics;
    const metrics = context.table(problemTables.metrics, {
      step: columns.step,
      ...columnsNamed(problem.observables, further["<observable>"]),
      normalisedStep: columns.normalisedStep,
    });
    const { record, step: round } = play(problem, "simultaneous", [buildOptimizer(optimizer, undefined, context.base)]);
    const observation = new Float64Array(problem.observables.length);
    let outcome: Outcome = { kind: "completed" };
    let pathLength = 0;
    for (let step = 1; step <= steps; step++) {
      round();
      const moved = record.updateNorms[0];
      if (!parameters.every(Number.isFinite) || Number.isNaN(moved)) {
        outcome = { kind: "diverged", step, reason: "the gradient or a parameter is not finite" };
        break;
      }
      problem.observe(observation);
      pathLength += moved;
      metrics.append(step, ...observation, moved / optimizer.lr);
      if (step % 1000 === 0) context.progress(step / steps);
    }
    return { outcome, summary: { pathLength }, parameters: [parameters] };
  },
};
