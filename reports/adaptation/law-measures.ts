import { z } from "zod";
import { squaredGradient, updatesToRecover } from "../../src/theory/bandit-recovery.js";
import type { CheckedRun } from "../parts/report.js";
import { recoveredOf } from "./tables.js";

/** The parts of a run's configuration that the law reads. */
export const lawNeeds = z.object({
  problem: z.object({
    batch: z.number(),
    deviation: z.number(),
    replicates: z.number(),
    scaleAt: z.number(),
    scale: z.number(),
    delay: z.number(),
    move: z.number(),
    within: z.number(),
  }),
  optimizer: z.object({ rho: z.number(), lr: z.number(), onChange: z.enum(["keep", "reset"]) }),
});
export type LawRuns = readonly CheckedRun<z.output<typeof lawNeeds>>[];

/** The time to recover under one condition, in updates since the target moved. */
export interface Recovery {
  readonly rho: number;
  readonly scale: number;
  /** root-mean-square gradient after the change by that before */
  readonly kappa: number;
  /** steps from the change of scale until the target moves */
  readonly delay: number;
  readonly reset: boolean;
  /** median over learners, and its 95 % interval by order statistics; NaN where half have not recovered */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly predicted: number;
}

export async function recoveries(runs: LawRuns): Promise<Recovery[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const { batch, scale, delay, move, within, replicates, scaleAt } = problem;
      const shares = await recoveredOf(run);
      const after = (share: number) => {
        const at = shares.findIndex((value) => value >= share);
        return at < 0 ? Number.NaN : at + 1 - scaleAt - delay;
      };
      // The ranks of a median's 95 % interval: n/2 ± 0.98 √n.
      const half = 0.98 / Math.sqrt(replicates);
      const reset = optimizer.onChange === "reset";
      const { rho, lr } = optimizer;
      return {
        ...{ rho, scale, delay, reset },
        kappa: Math.sqrt(squaredGradient(scale, move, batch) / squaredGradient(1, 0, batch)),
        median: after(0.5),
        low: after(0.5 - half),
        high: after(0.5 + half),
        predicted: updatesToRecover({ rho, lr, batch, scale, delay, move, within, reset }),
      };
    }),
  );
}
