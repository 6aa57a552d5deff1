import { z } from "zod";
import { type Interval, mean } from "../../src/stats/index.js";
import { boundedInterval, intervalText } from "../parts/interval.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy, hasDiverged, summaryNumber } from "../parts/select.js";
import { number } from "../parts/text.js";

/** What is read of the configuration of a GAN on a mixture of Gaussians. */
export const mixtureNeeds = z.object({
  steps: z.number(),
  game: z.discriminatedUnion("name", [
    z.object({ name: z.literal("ring"), modes: z.number() }),
    z.object({ name: z.literal("grid"), side: z.number() }),
  ]),
});
export type MixtureRun = CheckedRun<z.output<typeof mixtureNeeds>>;

/** What a generator should reach. */
export interface Bar {
  /** All of the target's, in every run. */
  readonly modes: number;
  /** Share of the samples within 3σ of a mode, on average over the seeds. */
  readonly highQuality: number;
}

/** On rings all modes and 97 %, on grids all modes and 95 %: what published GANs of this size do not reach. */
export function barOf({ config: { game } }: MixtureRun): Bar {
  return game.name === "grid"
    ? { modes: game.side * game.side, highQuality: 0.95 }
    : { modes: game.modes, highQuality: 0.97 };
}

/** One condition over its seeds: a target under an optimizer. */
export interface Row {
  /** labels in the study; the recipe itself has no axis of optimizers */
  readonly game: string;
  readonly optimizer: string;
  readonly seeds: number;
  readonly diverged: number;
  readonly bar: Bar;
  /** Captured modes, by seed. */
  readonly modes: readonly number[];
  readonly averagedModes: readonly number[];
  /** Share within 3σ, by seed. */
  readonly highQualityOfSeeds: readonly number[];
  readonly raw: Quality;
  readonly averaged: Quality;
  /** amplitude at periods below 4 steps, last half */
  readonly chatter: Interval;
  /** amplitude at periods above 50 steps, last half */
  readonly slowCycle: Interval;
  readonly motionOfSeeds: Readonly<Record<"chatter" | "slowCycle", readonly number[]>>;
  /** Of the averaged generator over the raw one, seed by seed. */
  readonly gain: { readonly highQuality: Interval; readonly spread: Interval };
}

export interface Quality {
  readonly highQuality: Interval;
  readonly reverseKl: Interval;
  /** deviation within the modes in units of σ; .974 for a perfect generator */
  readonly spread: Interval;
}

export const gameOf = ({ condition }: MixtureRun) => condition.game;
export const optimizerOf = ({ condition }: MixtureRun) => condition.optimizer ?? "";

export function rowsOf(runs: readonly MixtureRun[]): Row[] {
  return [...groupBy(runs, gameOf)].flatMap(([game, ofGame]) =>
    [...groupBy(ofGame, optimizerOf)].map(([optimizer, group]) => rowOf(game, optimizer, group)),
  );
}

function rowOf(game: string, optimizer: string, runs: readonly MixtureRun[]): Row {
  const of = (path: string) => runs.map((run) => summaryNumber(run, path));
  const difference = (name: string) => of(`averaged.${name}`).map((value, i) => value - of(`measured.${name}`)[i]);
  return {
    game,
    optimizer,
    seeds: runs.length,
    diverged: runs.filter(hasDiverged).length,
    bar: barOf(runs[0]),
    modes: of("measured.modes"),
    averagedModes: of("averaged.modes"),
    highQualityOfSeeds: of("measured.highQuality"),
    raw: quality("measured", of),
    averaged: quality("averaged", of),
    chatter: boundedInterval(of("measured.chatter"), 0),
    slowCycle: boundedInterval(of("measured.slowCycle"), 0),
    motionOfSeeds: { chatter: of("measured.chatter"), slowCycle: of("measured.slowCycle") },
    gain: {
      highQuality: boundedInterval(difference("highQuality"), -1, 1),
      spread: boundedInterval(difference("spread").filter(Number.isFinite), Number.NEGATIVE_INFINITY),
    },
  };
}

/** A spread is undefined where no sample is of high quality. */
function quality(which: "measured" | "averaged", of: (path: string) => number[]): Quality {
  return {
    highQuality: boundedInterval(of(`${which}.highQuality`), 0, 1),
    reverseKl: boundedInterval(of(`${which}.reverseKl`), 0),
    spread: boundedInterval(of(`${which}.spread`).filter(Number.isFinite), 0),
  };
}

/** Whether a condition reaches its bar: all modes with every seed, and the share on average over the seeds. */
export function reaches({ modes, bar, highQualityOfSeeds }: Row): boolean {
  return modes.every((count) => count === bar.modes) && mean(highQualityOfSeeds) >= bar.highQuality;
}

/** Whether a generator surely reaches its bar: all modes with every seed, and the lower end of the share's interval. */
export function surelyReaches({ modes, averagedModes, bar, raw, averaged }: Row, which: "raw" | "averaged"): boolean {
  const [captured, { highQuality }] = which === "raw" ? [modes, raw] : [averagedModes, averaged];
  return captured.every((count) => count === bar.modes) && highQuality.low >= bar.highQuality;
}

/** The row whose generator chatters least, of those in which no run has diverged, since what has diverged stands still. */
export function steadiest(rows: readonly Row[]): Row | undefined {
  const [first, ...others] = rows.filter(({ diverged }) => diverged === 0);
  return others.reduce((a, b) => (b.chatter.estimate < a.chatter.estimate ? b : a), first);
}

/** `8`, or `7–8` where the seeds differ, of how many. */
export function modesText({ modes, bar }: Row): string {
  const [fewest, most] = [Math.min(...modes), Math.max(...modes)];
  return `${fewest === most ? fewest : `${fewest}–${most}`} of ${bar.modes}`;
}

/** An interval's text; one seed has none. */
export function cell(interval: Interval, seeds: number, digits = 2, factor = 1): string {
  return seeds > 1 ? intervalText(interval, digits, factor) : number(factor * interval.estimate, digits);
}

/** A table's columns of quality, and a row's cells in them. */
export const qualityHeader = [
  "high quality %",
  "averaged",
  "reverse KL",
  "averaged",
  "spread (σ)",
  "averaged",
] as const;
export function qualityCells({ raw, averaged, seeds }: Row): string[] {
  return [
    cell(raw.highQuality, seeds, 4, 100),
    cell(averaged.highQuality, seeds, 4, 100),
    cell(raw.reverseKl, seeds),
    cell(averaged.reverseKl, seeds),
    cell(raw.spread, seeds, 3),
    cell(averaged.spread, seeds, 3),
  ];
}
