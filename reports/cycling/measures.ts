import { periodogram, type Spectrum, totalSpectrum } from "../../src/dynamics/spectrum.js";
import { type Interval, mean } from "../../src/stats/index.js";
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

/** The generator's mean over time and the spectrum of its last half. */
export interface MeanPath {
  readonly seed: number;
  readonly steps: ArrayLike<number>;
  readonly x: Float64Array;
  readonly spectrum: Spectrum;
}

export async function meanPath(run: Run): Promise<MeanPath> {
  const { step, meanX, meanY } = await run.table("metrics");
  const x = Float64Array.from(meanX);
  const half = Math.floor(x.length / 2);
  const spectra = [periodogram(x.subarray(half)), periodogram(Float64Array.from(meanY).subarray(half))];
  return { seed: run.seed, steps: step, x, spectrum: totalSpectrum(spectra) };
}

/** The mean power of several spectra; those of runs that ended early, on other frequencies, are left out. */
export function averageSpectrum(paths: readonly MeanPath[]): Spectrum {
  const bins = Math.max(...paths.map(({ spectrum }) => spectrum.power.length));
  const whole = paths.map(({ spectrum }) => spectrum).filter(({ power }) => power.length === bins);
  const { frequencies, power } = totalSpectrum(whole);
  return { frequencies, power: power.map((value) => value / whole.length) };
}

/** The amplitude spectrum √power in logarithmic bins of frequency, for drawing. */
export function binnedSpectrum({ frequencies, power }: Spectrum, binsPerDecade = 12): { x: number; y: number }[] {
  const bins = new Map<number, { sum: number; frequency: number; count: number }>();
  for (let k = 1; k < power.length; k++) {
    const key = Math.floor(Math.log10(frequencies[k]) * binsPerDecade);
    const bin = bins.get(key) ?? { sum: 0, frequency: 0, count: 0 };
    bins.set(key, { sum: bin.sum + power[k], frequency: bin.frequency + frequencies[k], count: bin.count + 1 });
  }
  return [...bins.values()].map(({ sum, frequency, count }) => ({ x: frequency / count, y: Math.sqrt(sum) }));
}

/** Modes covered over time: the mean over seeds and the range, at the steps at which all were measured. */
export async function modesOverTime(runs: readonly Run[]) {
  const tables = await Promise.all(runs.map((run) => run.table("quality")));
  const steps = tables.reduce((a, b) => (a.step.length <= b.step.length ? a : b)).step;
  return Array.from(steps, (step, i) => {
    const modes = tables.map((table) => table.modes[i]);
    const high = tables.map((table) => table.highQuality[i]);
    return {
      step,
      modes: mean(modes),
      fewest: Math.min(...modes),
      most: Math.max(...modes),
      highQuality: mean(high),
      lowest: Math.min(...high),
      highest: Math.max(...high),
    };
  });
}
