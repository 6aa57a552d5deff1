import { log } from "../../../src/math/elementary/logarithm.js";
import { studentInterval } from "../../../src/stats/index.js";
import type { Interval } from "../../../src/stats/interval.js";
import type { Tuning, TuningGroup } from "../../../src/study/read.js";
import { conditionLabel } from "../general/measures.js";

type ScoredPoint = TuningGroup["points"][number];
export type Value = ScoredPoint["values"][string];

/** The mean score of a point with its 95 % interval over the seeds (Student's t); null where a score is missing. */
export function scoreOf({ scores }: ScoredPoint): Interval | null {
  const found = scores.filter((score) => score !== null);
  return found.length < scores.length ? null : studentInterval(found);
}

/** The conditions that a group stands for. */
export function groupLabel({ condition }: TuningGroup): string {
  return conditionLabel(condition) || "all conditions";
}

/** A tuned axis: the different values that were tried on it, in their order. */
export interface TunedAxis {
  readonly path: string;
  /** The last key of the path, or the path where two axes end alike. */
  readonly name: string;
  /** Numbers in increasing order, other values as they came. */
  readonly values: readonly Value[];
}

/** The tuned axes on which several values were tried. */
export function tunedAxes({ groups: [{ points }] }: Tuning): TunedAxis[] {
  const paths = Object.keys(points[0].values);
  const last = (path: string) => path.split(".").at(-1) ?? path;
  return paths
    .map((path) => {
      const name = paths.filter((other) => last(other) === last(path)).length > 1 ? path : last(path);
      const values = [
        ...new Map(points.map((point) => [JSON.stringify(point.values[path]), point.values[path]])).values(),
      ];
      return { path, name, values: values.every(isNumber) ? values.sort((a, b) => a - b) : values };
    })
    .filter(({ values }) => values.length > 1);
}

export const isNumber = (value: Value): value is number => typeof value === "number";

/** Whether numbers stand more evenly on a logarithmic axis than on a linear one: their gaps differ less. */
export function isGeometric(values: readonly number[]): boolean {
  return values[0] > 0 && unevenness(values.map(log)) < unevenness(values);
}

/** The sum of squares of the gaps by the square of their sum: least for equal gaps. */
function unevenness(values: readonly number[]): number {
  const range = values[values.length - 1] - values[0];
  return values
    .slice(1)
    .reduce((sum, value, i) => sum + ((value - values[i]) / range) * ((value - values[i]) / range), 0);
}

/**
 * For each value of an axis the best of the points that have it: most scores first, for halving drops what is worse, then
 * the best mean; a point that lacks a score only where there is no other.
 */
export function profile({ points }: TuningGroup, { path, values }: TunedAxis, goal: Tuning["goal"]): ScoredPoint[] {
  const worth = (point: ScoredPoint) => {
    const score = scoreOf(point);
    return score === null ? Number.NEGATIVE_INFINITY : goal === "maximise" ? score.estimate : -score.estimate;
  };
  return values.map((value) => {
    const having = points.filter((point) => JSON.stringify(point.values[path]) === JSON.stringify(value));
    return having.reduce((best, point) => {
      const more = point.scores.length - best.scores.length;
      return more > 0 || (more === 0 && worth(point) > worth(best)) ? point : best;
    });
  });
}
