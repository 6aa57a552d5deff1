import { studentInterval } from "../../src/stats/index.js";

/**
 * Means of a series in windows of steps of equal width.
 *
 * @param steps from 1, beside the values
 * @param last the step at which the last window ends
 * @returns for each window the mean of its finite values; NaN where it has none
 */
export function windowMeans(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  last: number,
  windows: number,
): number[] {
  const width = last / windows;
  const sums = new Float64Array(windows);
  const counts = new Float64Array(windows);
  for (let i = 0; i < steps.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    const window = Math.min(windows - 1, Math.floor((steps[i] - 1) / width));
    sums[window] += values[i];
    counts[window]++;
  }
  return Array.from(sums, (sum, window) => (counts[window] > 0 ? sum / counts[window] : Number.NaN));
}

/** The middle of the k-th of so many windows up to the last step. */
export const windowCentre = (k: number, last: number, windows: number) => (k + 0.5) * (last / windows);

/** A window over the seeds: the mean of the seeds' means with its 95 % interval (Student's t), infinite with one seed. */
export interface Window {
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** how many seeds have a value there */
  readonly seeds: number;
}

/** Means and intervals over the seeds, window by window; windows in which no seed has a value are left out. */
export function overSeeds(seeds: readonly (readonly number[])[], last: number): Window[] {
  const windows = seeds[0]?.length ?? 0;
  return Array.from({ length: windows }, (_, k) => {
    const values = seeds.map((means) => means[k]).filter(Number.isFinite);
    const { estimate: mean, low, high } = studentInterval(values);
    return { step: windowCentre(k, last, windows), mean, low, high, seeds: values.length };
  }).filter((window) => Number.isFinite(window.mean));
}
