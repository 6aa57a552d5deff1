import { type Duration, kaplanMeier } from "./kaplan-meier.js";

/** Where a survival curve runs at exactly one half: the begin of that stretch, or the middle of its two ends. */
export type MedianConvention = "lower" | "midpoint";

/**
 * The first time at which at most half still wait; null when more than half do to the end of the watching. By the
 * convention "midpoint", which is R's and without censoring the plain median, the mean of that time and the next event's
 * where the curve runs at one half between them.
 */
export function survivalMedian(durations: readonly Duration[], convention: MedianConvention = "lower"): number | null {
  const curve = kaplanMeier(durations);
  // The factors' rounding must not carry a curve that meets one half exactly past its median.
  const index = curve.findIndex(({ survival }) => survival <= 0.5 + 1e-12);
  if (index < 0) return null;
  const { time, survival } = curve[index];
  const next = curve[index + 1];
  const flat = Math.abs(survival - 0.5) <= 1e-12 && next !== undefined;
  return convention === "midpoint" && flat ? (time + next.time) / 2 : time;
}
