import { detrended, type SlowRotation, slowRotation } from "../../../src/dynamics/slow-rotation.js";
import { periodogram, type Spectrum, totalSpectrum } from "../../../src/dynamics/spectrum.js";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log10 } from "../../../src/math/elementary/logarithm.js";
import { mean } from "../../../src/stats/index.js";
import type { Run } from "../../../src/study/read.js";
import { coverageOf, generatorMean } from "./tables.js";

// Measures of the runs of a GAN that several reports take.

const outside = exp(-4.5);

/**
 * The scores of a perfect generator of round Gaussians: 1 − e^(−9/2) = .98889 of its samples within 3σ, and those at a
 * deviation of √(1 − 4.5 e^(−9/2)/(1 − e^(−9/2))) = .974 σ from their centres.
 */
export const perfect = {
  highQuality: 1 - outside,
  spread: Math.sqrt(1 - (4.5 * outside) / (1 - outside)),
} as const;

/** The generator's mean over time; the spectrum and the slow rotation of its last half. */
export interface MeanPath {
  readonly seed: number;
  readonly steps: ArrayLike<number>;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly spectrum: Spectrum;
  readonly rotation: SlowRotation;
}

export async function meanPath(run: Run): Promise<MeanPath> {
  const { step, meanX, meanY } = await generatorMean(run);
  const [x, y] = [Float64Array.from(meanX), Float64Array.from(meanY)];
  const half = Math.floor(x.length / 2);
  const [lateX, lateY] = [x.subarray(half), y.subarray(half)];
  const spectrum = totalSpectrum([periodogram(lateX), periodogram(lateY)]);
  return { seed: run.seed, steps: step, x, y, spectrum, rotation: slowRotation(lateX, lateY) };
}

/** The fewest turns over the last half of a run that count as going round: fewer may be a drift. */
export const fewestTurns = 2;
/** The least share of all turning that goes one way. */
export const leastCoherence = 0.5;

/**
 * Whether a mean goes round, rather than drifts, swings or trembles. Noise that turns by any angle from block to block has
 * a coherence of standard deviation √(4/3n) over n blocks; three of them are asked for, which matters in short runs.
 */
export const goesRound = ({ turns, coherence, blocks }: SlowRotation) =>
  Math.abs(turns) >= fewestTurns && coherence >= Math.max(leastCoherence, 3 * Math.sqrt(4 / (3 * blocks)));

/** The amplitude spectrum of the last half less its straight drift, from three periods in it upward. */
export function oscillations({ x, y }: Pick<MeanPath, "x" | "y">): { x: number; y: number }[] {
  const half = Math.floor(x.length / 2);
  const spectra = [x, y].map((signal) => periodogram(detrended(signal.subarray(half)).rest));
  return binnedSpectrum(totalSpectrum(spectra)).filter((point) => point.x >= 3 / (x.length - half) && point.y > 0);
}

/** The amplitude spectrum √power in logarithmic bins of frequency, for drawing. */
export function binnedSpectrum({ frequencies, power }: Spectrum, binsPerDecade = 12): { x: number; y: number }[] {
  const bins = new Map<number, { sum: number; frequency: number; count: number }>();
  for (let k = 1; k < power.length; k++) {
    const key = Math.floor(log10(frequencies[k]) * binsPerDecade);
    const bin = bins.get(key) ?? { sum: 0, frequency: 0, count: 0 };
    bins.set(key, { sum: bin.sum + power[k], frequency: bin.frequency + frequencies[k], count: bin.count + 1 });
  }
  return [...bins.values()].map(({ sum, frequency, count }) => ({ x: frequency / count, y: Math.sqrt(sum) }));
}

/** Modes covered and the high-quality share at one step: the mean over the seeds and the range. */
export interface Coverage {
  readonly step: number;
  readonly modes: number;
  readonly fewest: number;
  readonly most: number;
  readonly highQuality: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Coverage over time, at the steps at which all runs were measured. */
export async function coverageOverTime(runs: readonly Run[]): Promise<Coverage[]> {
  const tables = await Promise.all(runs.map(coverageOf));
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
