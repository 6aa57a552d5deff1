import { type Interval, studentInterval } from "../../../src/stats/index.js";
import type { Condition, Experiment, Run } from "../../../src/study/read.js";
import { groupBy, hasDiverged, summaryNumber } from "../select.js";

/** The runs of one condition, one per seed. */
export interface ConditionRuns {
  readonly label: string;
  readonly runs: readonly Run[];
}

/** The conditions of an experiment in the order of its grid. */
export function conditions({ runs }: Experiment): ConditionRuns[] {
  return [...groupBy(runs, ({ condition }) => conditionLabel(condition) || "all runs")].map(([label, group]) => ({
    label,
    runs: group,
  }));
}

/** `rho = 0.9, max gradient norm: none, alternating`: the last key of each axis says enough, and words speak for themselves. */
export function conditionLabel(condition: Condition): string {
  const parts = Object.entries(condition).map(([axis, label]) => {
    const key = wordsOf(axis.split(".").at(-1) ?? axis);
    if (label === "null") return `${key}: none`;
    return /^[-+.\d[]|^(true|false)$/.test(label) ? `${key} = ${label}` : label;
  });
  return parts.join(", ");
}

/** `maxGradientNorm` as `max gradient norm`. */
const wordsOf = (key: string) => key.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The paths of the numbers that the runs' summaries hold, those that are null in every run left out. */
export function summaryPaths(runs: readonly Run[]): string[] {
  const paths = new Set<string>();
  const walk = (node: unknown, path: string) => {
    if (typeof node === "number") paths.add(path);
    else if (node !== null && typeof node === "object" && !Array.isArray(node)) {
      for (const [key, value] of Object.entries(node)) walk(value, path === "" ? key : `${path}.${key}`);
    }
  };
  for (const { summary } of runs) walk(summary, "");
  return [...paths];
}

/** Which of the summaries' numbers differ between runs; one that some run lacks does. */
export function varyingPaths(runs: readonly Run[], paths: readonly string[]): string[] {
  return paths.filter((path) => new Set(runs.map((run) => summaryNumber(run, path))).size > 1);
}

/** One row of the summary table: mean and interval of each number over the condition's seeds; no width where all are equal. */
export interface SummaryRow {
  readonly label: string;
  readonly seeds: number;
  readonly diverged: number;
  readonly values: readonly (Interval | null)[];
}

export function summaryRows(groups: readonly ConditionRuns[], paths: readonly string[]): SummaryRow[] {
  return groups.map(({ label, runs }) => ({
    label,
    seeds: runs.length,
    diverged: runs.filter(hasDiverged).length,
    values: paths.map((path) => {
      const values = runs.map((run) => summaryNumber(run, path)).filter(Number.isFinite);
      return values.length === 0 ? null : studentInterval(values);
    }),
  }));
}
