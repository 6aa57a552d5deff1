import type { Interval } from "../../src/stats/index.js";
import type { Experiment, Run } from "../../src/study/read.js";
import { boundedInterval } from "../interval.js";
import { groupBy, summaryNumber } from "../select.js";

/** One condition on the bilinear game: the closed form beside the measurement. */
export interface BilinearRow {
  readonly optimizer: string;
  readonly order: string;
  readonly measured: Rates;
  readonly predicted: Rates;
  readonly diverged: boolean;
}

export interface Rates {
  readonly spectralRadius: number;
  readonly angle: number;
  readonly radius: number;
}

export function bilinearRows({ runs }: Experiment): BilinearRow[] {
  return runs.map((run) => ({
    optimizer: run.condition.optimizer,
    order: run.condition.order,
    measured: rates(run, "measured"),
    predicted: rates(run, "predicted"),
    diverged: run.outcome.kind === "diverged",
  }));
}

function rates(run: Run, which: "measured" | "predicted"): Rates {
  return {
    spectralRadius: summaryNumber(run, `${which}.spectralRadius`),
    angle: summaryNumber(run, `${which}.angle`),
    radius: summaryNumber(run, `${which}.radius`),
  };
}

/** The largest |measured/predicted − 1| of a field over the rows in which both are known; NaN when none is. */
export function largestError(rows: readonly BilinearRow[], field: keyof Rates): number {
  const errors = rows
    .map(({ measured, predicted }) => Math.abs(measured[field] / predicted[field] - 1))
    .filter(Number.isFinite);
  return errors.length === 0 ? Number.NaN : Math.max(...errors);
}

/** One optimizer on the ring, over its seeds. */
export interface RingRow {
  readonly optimizer: string;
  readonly seeds: number;
  readonly diverged: number;
  /** amplitude at periods below 4 steps, last half */
  readonly chatter: Interval;
  /** amplitude at periods above 50 steps, last half */
  readonly slowCycle: Interval;
  readonly slowest: number;
  readonly modes: Interval;
  readonly highQuality: Interval;
  readonly reverseKl: Interval;
}

export function ringRows({ runs }: Experiment): RingRow[] {
  return [...groupBy(runs, "optimizer")].map(([optimizer, group]) => {
    const of = (field: string) => group.map((run) => summaryNumber(run, `measured.${field}`));
    return {
      optimizer,
      seeds: group.length,
      diverged: group.filter(({ outcome }) => outcome.kind === "diverged").length,
      chatter: boundedInterval(of("chatter"), 0),
      slowCycle: boundedInterval(of("slowCycle"), 0),
      slowest: Math.max(...of("slowCycle")),
      modes: boundedInterval(of("modes"), 0, modesOf(group[0])),
      highQuality: boundedInterval(of("highQuality"), 0, 1),
      reverseKl: boundedInterval(of("reverseKl"), 0),
    };
  });
}

const modesOf = (run: Run) => (run.config as { game: { modes: number } }).game.modes;
