import { z } from "zod";
import { goesRound, type MeanPath, meanPath } from "../parts/game/motion.js";
import { coverageOf } from "../parts/game/tables.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy, hasDiverged, summaryNumber } from "../parts/select.js";

/** What is read of the configuration of a run under a cure. */
export const cureNeeds = z.object({
  game: z.object({ name: z.string(), modes: z.number().optional(), side: z.number().optional() }),
  optimizer: z.object({ lr: z.number() }),
  steps: z.number(),
});
export type CureRun = CheckedRun<z.output<typeof cureNeeds>>;

/** The label of a run's cure in the study. */
export const cureOf = ({ condition }: CureRun) => condition["+cure"];

/** How many modes the target of a run has. */
export const modesOf = ({ config: { game } }: CureRun) => game.modes ?? (game.side ?? 0) * (game.side ?? 0);

/** One seed under one cure. Numbers are NaN where a run ended too early to tell. */
export interface CureSeed {
  readonly seed: number;
  readonly modes: number;
  /** share of samples within 3σ of a mode; 0 where the run diverged */
  readonly highQuality: number;
  /** turns of the generator's mean over the last half */
  readonly turns: number;
  readonly round: boolean;
  /** amplitude of its slow motion over the last half, straight drift taken off */
  readonly slow: number;
  readonly drift: number;
  readonly chatter: number;
  /** the first step at which all modes were covered; NaN where never */
  readonly allModesAt: number;
  /** the share of modes covered at each time measured */
  readonly occupancy: readonly { readonly step: number; readonly share: number }[];
  /** diverged, or at most one mode left, or a discriminator that tells no point from another */
  readonly collapsed: boolean;
}

/** One cure on one target, over its seeds. */
export interface CureRow {
  readonly cure: string;
  readonly target: string;
  /** the learning rate that tuning chose */
  readonly lr: number;
  readonly seeds: readonly CureSeed[];
}

async function seedOf(run: CureRun): Promise<CureSeed> {
  const [path, coverage] = await Promise.all([meanPath(run), coverageOf(run)]);
  const all = modesOf(run);
  const first = coverage.modes.indexOf(all);
  const modes = summaryNumber(run, "measured.modes");
  return {
    seed: run.seed,
    modes: hasDiverged(run) ? 0 : modes,
    highQuality: hasDiverged(run) ? 0 : summaryNumber(run, "measured.highQuality"),
    ...motionOf(path),
    chatter: summaryNumber(run, "measured.chatter"),
    allModesAt: first < 0 ? Number.NaN : coverage.step[first],
    occupancy: Array.from(coverage.step, (step, i) => ({ step, share: coverage.modes[i] / all })),
    collapsed: hasDiverged(run) || modes <= 1 || Number.isFinite(summaryNumber(run, "measured.collapsedAt")),
  };
}

function motionOf({ rotation }: MeanPath): Pick<CureSeed, "turns" | "round" | "slow" | "drift"> {
  const { turns, amplitude, drift } = rotation;
  return { turns, round: goesRound(rotation), slow: amplitude, drift };
}

/** The rows of one target, in the order of the study. */
export async function cureRows(runs: readonly CureRun[]): Promise<CureRow[]> {
  return Promise.all(
    [...groupBy(runs, cureOf)].map(async ([cure, group]) => ({
      cure,
      target: group[0].config.game.name,
      lr: group[0].config.optimizer.lr,
      seeds: await Promise.all(group.map(seedOf)),
    })),
  );
}

/** The generator's average over its steps, of the runs of one row: it moves nothing, so that it has no motion of its own. */
export function averagedRow(row: CureRow, runs: readonly CureRun[]): CureRow {
  const own = runs.filter((run) => cureOf(run) === row.cure);
  const seeds = row.seeds.map((seed, i) => ({
    ...seed,
    modes: summaryNumber(own[i], "averaged.modes"),
    highQuality: summaryNumber(own[i], "averaged.highQuality"),
    turns: Number.NaN,
    round: false,
    slow: Number.NaN,
    drift: Number.NaN,
    chatter: Number.NaN,
    allModesAt: Number.NaN,
    occupancy: [],
  }));
  return { ...row, cure: "averaged generator", seeds };
}
