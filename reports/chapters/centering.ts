import { z } from "zod";
import { problemTables } from "../../src/problems/tables.js";
import { mean } from "../../src/stats/index.js";
import { tableOf } from "../../src/study/read.js";
import { extent } from "../parts/panel.js";
import type { CheckedRun } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";

/** What is read of a run of RMSprop, centered or not, under random gradients. */
export const needs = z.object({
  problem: z.object({ means: z.array(z.number()), deviations: z.array(z.number()), copies: z.number() }),
  optimizer: z.object({
    lr: z.number(),
    rho: z.number(),
    centered: z.boolean(),
    rhoMean: z.number(),
    clampVariance: z.boolean(),
  }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** One optimizer on gradients of one ratio μ/σ, over the last half of the run. */
export interface Group {
  readonly label: string;
  readonly rho: number;
  readonly rhoMean: number | null;
  readonly ratio: number;
  /** mean of (g/Δθ)² η² over σ²: v or v − m², where it is one number */
  readonly variance: number;
  /** mean step along the mean gradient, and its standard deviation, in units of η */
  readonly advance: number;
  readonly spread: number;
}

/** The noisy runs with a clamp, which without one are the same until they fail. */
export async function groups(runs: readonly Run[]): Promise<Group[]> {
  const noisy = runs.filter((run) => run.config.problem.means.length > 1 && run.config.optimizer.clampVariance);
  const all = await Promise.all(
    noisy.map(async (run) => {
      const { problem, optimizer } = run.config;
      const columns = problem.means.flatMap((_, k) => [`square${k}`, `advance${k}`, `spread${k}`]);
      const table = await tableOf(run, problemTables.metrics, ...columns);
      const late = (name: string) => mean(table[name].subarray(Math.floor(table[name].length / 2)));
      const { lr, rho, centered, rhoMean } = optimizer;
      return problem.means.map((bias, k) => ({
        label: run.condition.optimizer,
        rho,
        rhoMean: centered ? rhoMean : null,
        ratio: bias / problem.deviations[k],
        variance: (late(`square${k}`) * lr * lr) / (problem.deviations[k] * problem.deviations[k]),
        advance: late(`advance${k}`) / lr,
        spread: late(`spread${k}`) / lr,
      }));
    }),
  );
  return all.flat();
}

/** How a run of centered RMSprop fails. */
export interface Hazard {
  readonly label: string;
  readonly gradient: string;
  /** the step at which the run's step was NaN; null where none was */
  readonly failed: number | null;
  /** share of steps and parameters at which v − m² was negative; NaN where the run ended by it */
  readonly negative: number;
  /** the largest step in units of η */
  readonly largest: number;
}

export async function hazards(runs: readonly Run[]): Promise<Hazard[]> {
  const centered = runs.filter(({ config }) => config.optimizer.centered);
  return Promise.all(
    centered.map(async (run) => {
      const { problem } = run.config;
      const { normalisedStep } = await tableOf(run, problemTables.metrics);
      const events = problem.means.length * problem.copies * normalisedStep.length;
      const failed = run.outcome.kind === "diverged" ? run.outcome.step : null;
      return {
        label: run.condition.optimizer,
        gradient: run.condition.problem,
        failed,
        negative: failed === null ? summaryNumber(run, "clamped") / events : Number.NaN,
        largest: extent(normalisedStep)[1] / Math.sqrt(problem.means.length * problem.copies),
      };
    }),
  );
}
