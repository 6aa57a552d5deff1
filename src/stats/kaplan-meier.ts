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
  /** Greenwood's standard error of `survival`; 0 where nobody is left. */
  readonly standardError: number;
  /** Number still watched just before `time`. */
  readonly atRisk: number;
  /** Number of events at `time`. */
  readonly events: number;
}

/**
 * The product-limit estimate of the share that still waits: at each time with d events among n that were still
 * watched, S falls by the factor 1 − d/n. What is censored at the same time counts as still watched. Its standard error
 * is S √(Σ d/(n (n − d))) over the times so far.
 *
 * Source: Kaplan and Meier (1958); Greenwood (1926).
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalPoint[] {
  const sorted = durations.toSorted((a, b) => a.time - b.time);
  const curve: SurvivalPoint[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let start = 0; start < sorted.length; ) {
    const { time } = sorted[start];
    const atRisk = sorted.length - start;
    let end = start;
    let events = 0;
    for (; end < sorted.length && sorted[end].time === time; end++) if (sorted[end].observed) events++;
    if (events > 0) {
      survival *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood);
      curve.push({ time, survival, standardError, atRisk, events });
    }
    start = end;
  }
  return curve;
}
