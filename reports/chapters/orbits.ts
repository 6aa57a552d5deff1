import { z } from "zod";
import { norm } from "../../src/math/elementary/roots.js";
import type { CheckedRun } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";

/** What is read of a run of a small game of two scalars. */
export const needs = z.object({
  order: z.enum(["simultaneous", "alternating"]),
  game: z.object({
    name: z.enum(["bilinear", "dirac"]),
    start: z.tuple([z.number(), z.number()]),
    r1: z.number().optional(),
  }),
  optimizer: z.object({
    name: z.string(),
    lr: z.number(),
    rho: z.number().optional(),
    beta1: z.number().optional(),
    beta2: z.number().optional(),
  }),
});
export type OrbitConfig = z.output<typeof needs>;

/** Where and how one run went round. */
export interface Orbit {
  readonly label: string;
  readonly config: OrbitConfig;
  /** distance of the start from the equilibrium */
  readonly start: number;
  /** root-mean-square distance from it over the last half */
  readonly radius: number;
  /** turns over the whole path, whichever way */
  readonly turns: number;
}

export function orbits(runs: readonly CheckedRun<OrbitConfig>[]): Orbit[] {
  return runs.map((run) => ({
    label: run.condition.optimizer ?? run.config.optimizer.name,
    config: run.config,
    start: norm(run.config.game.start),
    radius: run.outcome.kind === "diverged" ? Number.POSITIVE_INFINITY : summaryNumber(run, "measured.radius"),
    turns: Math.abs(summaryNumber(run, "measured.winding")),
  }));
}
