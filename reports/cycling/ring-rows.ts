import { z } from "zod";
import { type Interval, wilsonInterval } from "../../src/stats/index.js";
import { goesRound, type MeanPath } from "../parts/game/motion.js";
import { boundedInterval, positiveMean } from "../parts/interval.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy, hasDiverged, summaryNumber } from "../parts/select.js";

/** What is read of the configuration of a run on the ring. */
export const ringNeeds = z.object({
  game: z.object({ modes: z.number(), radius: z.number() }),
  optimizer: z.object({
    lr: z.number(),
    rho: z.number().optional(),
    beta1: z.number().optional(),
    beta2: z.number().optional(),
  }),
});
export type RingRun = CheckedRun<z.output<typeof ringNeeds>>;

/** A run beside the path of its generator's mean. */
export interface RingCourse {
  readonly run: RingRun;
  readonly path: MeanPath;
}

/** The optimizer's label in the study. */
export const labelOf = ({ condition }: RingRun) => condition.optimizer;

/** One optimizer on the ring, over its seeds. */
export interface RingRow {
  /** the optimizer's label in the study */
  readonly optimizer: string;
  readonly lr: number;
  /** β₁; 0 without momentum */
  readonly beta1: number;
  /** of the mean square: Adam's β₂, RMSprop's ρ */
  readonly beta2: number;
  readonly seeds: readonly number[];
  readonly diverged: number;
  /** turns of each seed over the last half, NaN where the run ended too early */
  readonly turns: readonly number[];
  /** whether each seed goes round */
  readonly round: readonly boolean[];
  /** the share of seeds that go round */
  readonly share: Interval;
  /** amplitudes of the slow cycle of the seeds that go round */
  readonly cycles: readonly number[];
  /** each seed's amplitude at periods below 4 steps, last half */
  readonly chatterOfSeeds: readonly number[];
  /** its geometric mean; NaN where no seed has any */
  readonly chatter: Interval;
  readonly modes: Interval;
  readonly highQuality: Interval;
  readonly reverseKl: Interval;
}

export function ringRows(courses: readonly RingCourse[]): RingRow[] {
  return [...groupBy(courses, ({ run }) => labelOf(run))].map(([optimizer, group]) => {
    const of = (field: string) => group.map(({ run }) => summaryNumber(run, `measured.${field}`));
    const { game, optimizer: options } = group[0].run.config;
    const rotations = group.map(({ path }) => path.rotation);
    const round = rotations.map(goesRound);
    const chatter = of("chatter");
    return {
      optimizer,
      lr: options.lr,
      beta1: options.beta1 ?? 0,
      beta2: options.beta2 ?? options.rho ?? Number.NaN,
      seeds: group.map(({ run }) => run.seed),
      diverged: group.filter(({ run }) => hasDiverged(run)).length,
      turns: rotations.map(({ turns }) => turns),
      round,
      share: wilsonInterval(round.filter(Boolean).length, round.length),
      cycles: rotations.filter((_, i) => round[i]).map(({ amplitude }) => amplitude),
      chatterOfSeeds: chatter,
      chatter: positiveMean(chatter),
      modes: boundedInterval(of("modes"), 0, game.modes),
      highQuality: boundedInterval(of("highQuality"), 0, 1),
      reverseKl: boundedInterval(of("reverseKl"), 0),
    };
  });
}

/** How many seeds of a row go round. */
export const roundCount = ({ round }: RingRow) => round.filter(Boolean).length;
