import { z } from "zod";
import { definitionOf, schemasOf } from "../config/definitions.js";
import { buildOptimizer, optimizerSchema, withOptimizerModules } from "../optim/index.js";
import { play } from "../play/play.js";
import { Streams } from "../rng/streams.js";
import { digest } from "../study/digest.js";
import { mostSteps, type Outcome, type Task } from "../study/task.js";
import type { ProblemDefinition } from "./definition.js";
import { problems } from "./index.js";

export const problemTaskSchema = z.strictObject({
  problem: z.discriminatedUnion("name", [...schemasOf(problems)]),
  optimizer: optimizerSchema,
  steps: z.int().positive().max(mostSteps).default(6000).describe("of the optimizer"),
});
export type ProblemTaskConfig = z.output<typeof problemTaskSchema>;

/**
 * Runs an optimizer on a problem, a game of one player; the problem's changes are signalled to the optimizer.
 *
 * Table `metrics`, one row per step: `step`, what the problem observes, and `normalisedStep` = |Δθ|/η, the step in units
 * of the learning rate (NaN where η = 0). The effective step |Δθ|/|g| is `normalisedStep` · η / |gradient|.
 *
 * Summary: `pathLength` = Σ |Δθ|.
 */
export const problemTask: Task<ProblemTaskConfig> = {
  name: "problem",
  description: "an optimizer on a problem of its own",
  schema: problemTaskSchema,
  resolve: withOptimizerModules,
  run({ problem: options, optimizer, steps }, context) {
    const problem = definitionOf<ProblemDefinition>(problems, options.name).create(options, new Streams(context.seed));
    const { parameters } = problem.players[0];
    const metrics = context.table("metrics", {
      step: "int32",
      ...Object.fromEntries(problem.observables.map((name) => [name, "float64" as const])),
      normalisedStep: "float64",
    });
    const { record, step: round } = play(problem, "simultaneous", [
      buildOptimizer(optimizer, undefined, context.folder),
    ]);
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
    return { outcome, summary: { pathLength }, parametersSha256: digest(parameters) };
  },
};
