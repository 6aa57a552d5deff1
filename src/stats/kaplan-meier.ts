/** A waiting time: until the event, or, censored, until the watching ended without one. */
export interface Duration {
  readonly time: number;
  /** False when the event had not come by `time` (right-censored). */
  readonly observed: boolean;
}

/** The survival curve falls to `survival` at `time` and stays there until the next point. */
export interface SurvivalPoint {
  readonly time: number;
  readonly survival: number;
}

/**
 * The product-limit estimate of the share that still waits: at each time with d events among n that were still
 * watched, S falls by the factor 1 − d/n. What is censored at the same time counts as still watched.
 *
 * Source: Kaplan and Meier (1958).
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalPoint[] {
  const sorted = durations.toSorted((a, b) => a.time - b.time);
  const curve: SurvivalPoint[] = [];
  let survival = 1;
  for (let start = 0; start < sorted.length; ) {
    const { time } = sorted[start];
    let end = start;
    let events = 0;
    for (; end < sorted.length && sorted[end].time === time; end++) if (sorted[end].observed) events++;
    if (events > 0) {
      survival *= 1 - events / (sorted.length - start);
      curve.push({ time, survival });
    }
    start = end;
  }
  return curve;
}

/** The first time at which at most half still wait; null when more than half do to the end of the watching. */
export function survivalMedian(durations: readonly Duration[]): number | null {
  // The factors' rounding must not carry a curve that meets one half exactly past its median.
  return kaplanMeier(durations).find(({ survival }) => survival <= 0.5 + 1e-12)?.time ?? null;
}
