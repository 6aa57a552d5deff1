import { z } from "zod";
import { problemTables } from "../../src/problems/tables.js";
import { mean } from "../../src/stats/index.js";
import { tableOf } from "../../src/study/read.js";
import type { CheckedRun } from "../parts/report.js";

/** What is read of a run of the problem `randomGradients`. */
export const needs = z.object({
  problem: z.object({ means: z.array(z.number()), deviations: z.array(z.number()), copies: z.number() }),
  optimizer: z.object({ lr: z.number() }),
});

/** What an optimizer makes of one group of parameters, over its copies and the last half of the run, in units of η. */
export interface GroupSteps {
  readonly optimizer: string;
  readonly mean: number;
  readonly deviation: number;
  /** mean |Δθ| */
  readonly step: number;
  /** mean −Δθ, along the mean gradient */
  readonly advance: number;
  /** how many steps the means are of, copies by rows */
  readonly samples: number;
}

export async function groupSteps(runs: readonly CheckedRun<z.output<typeof needs>>[]): Promise<GroupSteps[]> {
  const all = await Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const columns = problem.means.flatMap((_, k) => [`step${k}`, `advance${k}`]);
      const table = await tableOf(run, problemTables.metrics, ...columns);
      const late = (name: string) => mean(table[name].subarray(Math.floor(table[name].length / 2))) / optimizer.lr;
      return problem.means.map((bias, k) => ({
        optimizer: run.condition.optimizer,
        mean: bias,
        deviation: problem.deviations[k],
        step: late(`step${k}`),
        advance: late(`advance${k}`),
        samples: problem.copies * (table.step.length - Math.floor(table.step.length / 2)),
      }));
    }),
  );
  return all.flat();
}
