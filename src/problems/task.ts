import { z } from "zod";
import { definitionOf, schemasOf } from "../config/definitions.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { buildOptimizer, optimizerSchema, withOptimizerModules } from "../optim/index.js";
import { play } from "../play/play.js";
import { Streams } from "../rng/streams.js";
import { columnsNamed } from "../study/tables.js";
import { mostSteps, type Outcome, type Task } from "../study/task.js";
import type { ProblemDefinition } from "./definition.js";
import { problems } from "./index.js";
import { problemSummary, problemTables } from "./tables.js";

const optionsSchema = z.strictObject({
  problem: z.discriminatedUnion("name", [...schemasOf(problems)]).describe("the problem, by its name, and its options"),
  optimizer: optimizerSchema.describe("of every player; each has its own state"),
  steps: z.int().positive().max(mostSteps).default(6000).describe("of the optimizer"),
  every: z.int().positive().optional().describe("a row only every so many steps, and at the last; default: every step"),
  until: z
    .strictObject({
      observable: z.string().describe("one of the problem's"),
      below: z.number().describe("what it must not exceed"),
      for: z.int().positive().default(1).describe("so many steps in a row; then the run ends"),
    })
    .optional()
    .describe("ends the run before its last step; default: it never ends early"),
  score: z
    .strictObject({
      observable: z.string().describe("one of the problem's"),
      last: z.int().positive().default(1).describe("over so many steps, the run's last"),
    })
    .optional()
    .describe("what the summary holds the mean of, for tuning; default: nothing"),
});
export const problemTaskSchema = optionsSchema.refine(
  ({ until, score }) => until === undefined || score === undefined,
  { message: "expected none beside until, which ends the run before its last steps are known", path: ["score"] },
);
export type ProblemTaskConfig = z.output<typeof problemTaskSchema>;

/**
 * Runs an optimizer on a problem, a game of one player or of several under the same rule, each with a state of its own;
 * the problem's changes are signalled to the optimizer.
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
  run({ problem: options, optimizer, steps, every = 1, until, score }, context) {
    const streams = new Streams(context.seed);
    const problem = definitionOf<ProblemDefinition>(problems, options.name).create(options, streams, context.engine);
    const { players } = problem;
    const { columns, further } = problemTables.metrics;
    const metrics = context.table(problemTables.metrics, {
      step: columns.step,
      ...columnsNamed(problem.observables, further["<observable>"]),
      normalisedStep: columns.normalisedStep,
    });
    const awaited = until === undefined ? -1 : indexOf(problem.observables, "until", until.observable);
    const scored = score === undefined ? -1 : indexOf(problem.observables, "score", score.observable);
    const scoredFrom = Math.max(0, steps - (score?.last ?? 0));
    const rule = buildOptimizer(optimizer, problem.engine, context.base);
    const rules = players.map(() => rule);
    const { record, states, step: round } = play(problem, "simultaneous", rules);
    const observation = new Float64Array(problem.observables.length);
    let outcome: Outcome = { kind: "completed" };
    let pathLength = 0;
    let held = 0;
    let reached: number | null = null;
    let sum = 0;
    for (let step = 1; step <= steps; step++) {
      round();
      const moved = together(record.updateNorms);
      if (Number.isNaN(moved) || !players.every(({ parameters }) => parameters.every(Number.isFinite))) {
        outcome = { kind: "diverged", step, reason: "the gradient or a parameter is not finite" };
        break;
      }
      problem.observe(observation);
      pathLength += moved;
      if (scored >= 0 && step > scoredFrom) sum += observation[scored];
      if (until !== undefined) {
        held = observation[awaited] <= until.below ? held + 1 : 0;
        if (held === until.for) reached = step - held + 1;
      }
      if (step % every === 0 || step === steps || reached !== null) {
        metrics.append(step, ...observation, moved / optimizer.lr);
      }
      if (reached !== null) break;
      if (step % 1000 === 0) context.progress(step / steps);
    }
    const summary = {
      pathLength,
      ...(until === undefined ? {} : { reached }),
      ...(score === undefined ? {} : { score: outcome.kind === "completed" ? sum / (steps - scoredFrom) : null }),
      ...("centered" in optimizer && optimizer.centered
        ? { clamped: states.reduce((total, { clamped }) => total + Number(clamped), 0) }
        : {}),
    };
    return { outcome, summary, parameters: players.map(({ parameters }) => parameters) };
  },
};

/** The norm of all players' updates as one vector; of one player to the bit its own. */
function together(norms: Float64Array): number {
  if (norms.length === 1) return norms[0];
  let sum = 0;
  for (let k = 0; k < norms.length; k++) sum += norms[k] * norms[k];
  return Math.sqrt(sum);
}

function indexOf(observables: readonly string[], key: "until" | "score", name: string): number {
  const index = observables.indexOf(name);
  if (index >= 0) return index;
  throw new InputError(`${key}.observable: the problem has no observable "${name}"${suggest(name, observables)}`);
}
