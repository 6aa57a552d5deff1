import { normalQuantile } from "../math/normal.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";
import { type Duration, kaplanMeier } from "./kaplan-meier.js";

/** A mean waiting time up to a horizon, in the unit of the times. */
export interface RestrictedMean extends Interval {
  readonly standardError: number;
}

/**
 * The restricted mean waiting time: the mean of min(T, τ), which is the area ∫₀^τ S under the Kaplan-Meier curve. Unlike
 * a mean of the durations it does not take a censored one for an event. Its variance is Σ (∫_t^τ S)² d/(n (n − d)) over
 * the times t < τ with d events among n still watched; the interval is the normal one, too narrow for few waits: of nominal
 * 95 % intervals 84 % cover at n = 5, 91 % at 10 and 93 % at 20 (exponential waits, a third of them beyond τ).
 *
 * Source: Irwin (1949); variance: Klein and Moeschberger (2003), section 4.5; Royston and Parmar (2013).
 *
 * @param horizon τ: at most the last time watched, unless every wait had ended by then
 * @throws RangeError for a horizon that is not positive or beyond the watching, and a level outside (0, 1)
 */
export function restrictedMean(durations: readonly Duration[], horizon: number, level = 0.95): RestrictedMean {
  const { area, variance } = areaUnderCurve(durations, horizon);
  return withInterval(area, Math.sqrt(variance), level);
}

/**
 * The difference of two independent groups' restricted means, first minus second, its variance the sum of theirs. Of
 * nominal 95 % intervals 88 % cover with 5 waits in each group, 92 % with 10 and 94 % with 20.
 * Arguments and errors are those of {@link restrictedMean}.
 */
export function restrictedMeanDifference(
  first: readonly Duration[],
  second: readonly Duration[],
  horizon: number,
  level = 0.95,
): RestrictedMean {
  const [a, b] = [first, second].map((durations) => areaUnderCurve(durations, horizon));
  return withInterval(a.area - b.area, Math.sqrt(a.variance + b.variance), level);
}

function areaUnderCurve(durations: readonly Duration[], horizon: number): { area: number; variance: number } {
  if (!(horizon > 0)) throw new RangeError(`horizon: expected a positive time, found ${horizon}`);
  const curve = kaplanMeier(durations);
  const watched = durations.reduce((last, { time }) => Math.max(last, time), 0);
  if (horizon > watched && curve.at(-1)?.survival !== 0) {
    throw new RangeError(`horizon: expected at most ${watched}, the last time watched, found ${horizon}`);
  }
  const points = curve.filter(({ time }) => time < horizon);
  let area = 0;
  let variance = 0;
  let end = horizon;
  // From the last event to the first, so that `area` is what lies to the right of each.
  for (const { time, survival, atRisk, events } of points.reverse()) {
    area += survival * (end - time);
    if (atRisk > events) variance += (area * area * events) / (atRisk * (atRisk - events));
    end = time;
  }
  return { area: area + end, variance };
}

function withInterval(estimate: number, standardError: number, level: number): RestrictedMean {
  checkLevel(level);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { estimate, standardError, low: estimate - half, high: estimate + half };
}
