import { z } from "zod";
import { buildOptimizer, optimizerSchema } from "../optim/index.js";
import { Streams } from "../rng/streams.js";
import { mostSteps, type Outcome, type Task } from "../study/task.js";
import { scaleAt, scaleJumpSchema } from "./scale-jump.js";
import { problemSummary, problemTables } from "./tables.js";

/** The problems known by name, with a line for listings. */
export const problems = {
  scaleJump: "a constant gradient whose scale jumps: how long until the step is its old size?",
} as const;

export const problemTaskSchema = z.strictObject({
  problem: z.discriminatedUnion("name", [scaleJumpSchema]),
  optimizer: optimizerSchema,
  steps: z.int().positive().max(mostSteps).default(6000),
});
export type ProblemTaskConfig = z.output<typeof problemTaskSchema>;

/**
 * Runs an optimizer on one parameter whose gradient is prescribed: g_t = scale(t) (1 + noise · normal), with the normal
 * from stream `noise`. Each jump of the scale is signalled to the optimizer. The effective step |Δθ|/|g| is
 * `normalisedStep` · η / |gradient|.
 */
export const problemTask: Task<ProblemTaskConfig> = {
  name: "problem",
  description: "an optimizer on a prescribed gradient",
  schema: problemTaskSchema as unknown as Task<ProblemTaskConfig>["schema"],
  tables: problemTables,
  summary: problemSummary,
  run({ problem, optimizer: options, steps }, context) {
    const noise = new Streams(context.seed).get("noise");
    const optimizer = buildOptimizer(options);
    const parameters = new Float64Array(1);
    const gradients = new Float64Array(1);
    const state = optimizer.init(parameters);
    const metrics = context.table(problemTables.metrics);
    let outcome: Outcome = { kind: "completed" };
    let path = 0;
    for (let step = 1; step <= steps; step++) {
      const scale = scaleAt(problem, step);
      if (step > 1 && scale !== scaleAt(problem, step - 1)) optimizer.change(state);
      gradients[0] = scale * (1 + problem.noise * noise.normal());
      optimizer.step(parameters, gradients, state);
      if (!Number.isFinite(parameters[0])) {
        outcome = { kind: "diverged", step, reason: "the parameter is not finite" };
        break;
      }
      const moved = Math.abs(state.updates[0]);
      path += moved;
      metrics.appendRow({ step, scale, gradient: gradients[0], normalisedStep: moved / options.lr });
      if (step % 1000 === 0) context.progress(step / steps);
    }
    return { outcome, summary: { pathLength: path }, parameters: [parameters] };
  },
};
