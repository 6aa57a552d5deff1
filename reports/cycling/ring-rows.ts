import { z } from "zod";
import type { Interval } from "../../src/stats/index.js";
import { boundedInterval } from "../parts/interval.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy, hasDiverged, summaryNumber } from "../parts/select.js";

/** What is read of the configuration of a run on the ring. */
export const ringNeeds = z.object({
  game: z.object({ modes: z.number(), radius: z.number() }),
  optimizer: z.object({
    lr: z.number(),
    beta1: z.number().optional(),
    beta2: z.number().optional(),
  }),
});
export type RingRun = CheckedRun<z.output<typeof ringNeeds>>;

/** The optimizer's label in the study. */
export const labelOf = ({ condition }: RingRun) => condition.optimizer;

/** One optimizer on the ring, over its seeds. */
export interface RingRow {
  /** the optimizer's label in the study */
  readonly optimizer: string;
  readonly lr: number;
  /** β₁; 0 without momentum */
  readonly beta1: number;
  readonly beta2: number;
  readonly seeds: number;
  readonly diverged: number;
  /** amplitude at periods below 4 steps, last half */
  readonly chatter: Interval;
  /** amplitude at periods above 50 steps, last half */
  readonly slowCycle: Interval;
  /** the largest of the seeds' */
  readonly slowest: number;
  readonly modes: Interval;
  readonly highQuality: Interval;
  readonly reverseKl: Interval;
}

export function ringRows(runs: readonly RingRun[]): RingRow[] {
  return [...groupBy(runs, labelOf)].map(([optimizer, group]) => {
    const of = (field: string) => group.map((run) => summaryNumber(run, `measured.${field}`));
    const { game, optimizer: options } = group[0].config;
    return {
      optimizer,
      lr: options.lr,
      beta1: options.beta1 ?? 0,
      beta2: options.beta2 ?? Number.NaN,
      seeds: group.length,
      diverged: group.filter(hasDiverged).length,
      chatter: boundedInterval(of("chatter"), 0),
      slowCycle: boundedInterval(of("slowCycle"), 0),
      slowest: Math.max(...of("slowCycle")),
      modes: boundedInterval(of("modes"), 0, game.modes),
      highQuality: boundedInterval(of("highQuality"), 0, 1),
      reverseKl: boundedInterval(of("reverseKl"), 0),
    };
  });
}

/** A mean that swings by more than half of its distance to a mode is going round, not settling. */
export const goesRound = ({ slowest }: RingRow, radius: number) => slowest > radius / 2;
