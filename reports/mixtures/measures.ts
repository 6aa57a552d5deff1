import { type Interval, mean } from "../../src/stats/index.js";
import type { Experiment, Run } from "../../src/study/read.js";
import { boundedInterval } from "../interval.js";
import { groupBy, summaryNumber } from "../select.js";

/** What a generator should reach, as it is, without averaging. */
export interface Bar {
  /** All of the target's, in every run. */
  readonly modes: number;
  /** Share of the samples within 3σ of a mode, on average over the seeds. */
  readonly highQuality: number;
}

/** One condition over its seeds: a target under an optimizer. */
export interface Row {
  readonly game: string;
  readonly optimizer: string;
  readonly seeds: number;
  readonly diverged: number;
  readonly bar: Bar;
  /** Captured modes, by seed. */
  readonly modes: readonly number[];
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

interface Quality {
  readonly highQuality: Interval;
  readonly reverseKl: Interval;
  /** deviation within the modes in units of σ; .974 for a perfect generator */
  readonly spread: Interval;
}

interface Config {
  readonly steps: number;
  readonly game: { readonly name: string; readonly modes: number; readonly side: number };
}

const configOf = (run: Run) => run.config as Config;

/** How long the runs of an experiment are. */
export const stepsOf = ({ runs }: Experiment) => configOf(runs[0]).steps;

/** On rings all modes and 96 %, on grids all modes and 94 %: what published GANs of this size do not reach. */
export function barOf(run: Run): Bar {
  const { game } = configOf(run);
  return game.name === "grid"
    ? { modes: game.side * game.side, highQuality: 0.94 }
    : { modes: game.modes, highQuality: 0.96 };
}

export function rows({ runs }: Experiment): Row[] {
  return [...groupBy(runs, "game")].flatMap(([game, ofGame]) =>
    // The recipe itself has no axis of optimizers.
    [...groupBy(ofGame, "optimizer")].map(([optimizer = "", group]) => row(game, optimizer, group)),
  );
}

function row(game: string, optimizer: string, runs: readonly Run[]): Row {
  const of = (path: string) => runs.map((run) => summaryNumber(run, path));
  const difference = (name: string) => of(`averaged.${name}`).map((value, i) => value - of(`measured.${name}`)[i]);
  return {
    game,
    optimizer,
    seeds: runs.length,
    diverged: runs.filter(({ outcome }) => outcome.kind === "diverged").length,
    bar: barOf(runs[0]),
    modes: of("measured.modes"),
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
