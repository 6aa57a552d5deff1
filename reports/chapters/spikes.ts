import { z } from "zod";
import { problemTables } from "../../src/problems/tables.js";
import { tableOf } from "../../src/study/read.js";
import type { CheckedRun } from "../parts/report.js";

/** What is read of a run in which one gradient of K strikes a gradient of 1. */
export const needs = z.object({
  problem: z.object({ scales: z.tuple([z.number(), z.number(), z.number()]), at: z.tuple([z.number(), z.number()]) }),
  optimizer: z.object({ name: z.enum(["sgd", "rmsprop"]), lr: z.number(), rho: z.number().optional() }),
});

/** What one spike does to one optimizer, in steps and in units of η. */
export interface Spike {
  readonly label: string;
  /** null for SGD */
  readonly rho: number | null;
  readonly size: number;
  /** the step at the spike */
  readonly jolt: number;
  /** the first step after it that is back at 90 % of its size for good; 1 where none was shorter */
  readonly recovery: number;
  /** Σ (1 − step) after it: how many usual steps are lost */
  readonly lost: number;
  /** the steps after the spike */
  readonly after: ArrayLike<number>;
}

export async function spikes(runs: readonly CheckedRun<z.output<typeof needs>>[]): Promise<Spike[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const { normalisedStep } = await tableOf(run, problemTables.metrics);
      const after = Array.from(normalisedStep.subarray(problem.at[1]));
      const rho = optimizer.rho ?? null;
      return {
        label: rho === null ? "SGD" : `RMSprop, ρ = ${rho}`,
        rho,
        size: problem.scales[1],
        jolt: normalisedStep[problem.at[0]],
        recovery: after.findLastIndex((step) => step < 0.9) + 2,
        lost: after.reduce((sum, step) => sum + (1 - step), 0),
        after,
      };
    }),
  );
}

/** By ρ, the smallest first, of one size of spike; without SGD. */
export const byMemory = (all: readonly Spike[], size: number) =>
  all
    .flatMap((one) => (one.rho === null || one.size !== size ? [] : [{ ...one, rho: one.rho }]))
    .sort((a, b) => a.rho - b.rho);
