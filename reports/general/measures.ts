import { type Interval, mean, quantile, studentInterval } from "../../src/stats/index.js";
import type { Experiment, Run } from "../../src/study/read.js";
import { summaryNumber } from "../select.js";

/** The runs of one condition, one per seed. */
export interface ConditionRuns {
  readonly label: string;
  readonly runs: readonly Run[];
}

/** The conditions of an experiment in the order of its grid. */
export function conditions({ runs }: Experiment): ConditionRuns[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const label = labelOf(run);
    groups.set(label, [...(groups.get(label) ?? []), run]);
  }
  return [...groups].map(([label, group]) => ({ label, runs: group }));
}

/** `rho = 0.9, order = alternating`: the last key of each axis says enough. */
function labelOf({ condition }: Run): string {
  const parts = Object.entries(condition).map(([axis, label]) => {
    const key = axis.split(".").at(-1);
    return /^[-+.\d]|^(true|false)$/.test(label) ? `${key} = ${label}` : label;
  });
  return parts.length === 0 ? "all runs" : parts.join(", ");
}

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

/** One row of the summary table: mean and interval of each number over the condition's seeds. */
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
    diverged: runs.filter(({ outcome }) => outcome.kind === "diverged").length,
    values: paths.map((path) => {
      const values = runs.map((run) => summaryNumber(run, path)).filter(Number.isFinite);
      return values.length === 0 ? null : studentInterval(values);
    }),
  }));
}

/** A column of a table over the course of the runs. */
export interface Course {
  readonly table: string;
  readonly column: string;
  readonly curves: readonly {
    readonly label: string;
    readonly points: readonly {
      readonly step: number;
      readonly mean: number;
      readonly low: number;
      readonly high: number;
    }[];
  }[];
}

const windows = 60;
/** Columns that count and do not measure. */
const counters = new Set(["step", "update", "changes", "copy", "length"]);

/**
 * What the runs recorded over time: returns of episodes first, then the columns of `metrics` in their order, each as
 * mean and quartiles over the seeds of the means in 60 windows of steps.
 */
export async function courses(groups: readonly ConditionRuns[], most = 6): Promise<Course[]> {
  const found: Course[] = [];
  for (const name of ["episodes", "metrics"]) {
    const tables = await Promise.all(
      groups.map(async ({ label, runs }) => ({
        label,
        tables: await Promise.all(runs.map((run) => tableOrNull(run, name))),
      })),
    );
    const columns = Object.keys(tables[0]?.tables[0] ?? {}).filter((column) => !counters.has(column));
    const last = Math.max(...tables.flatMap((group) => group.tables.map((table) => lastStep(table))));
    for (const column of columns.slice(0, most - found.length)) {
      const curves = tables.map((group) => ({
        label: group.label,
        points: average(group.tables.map((table) => windowMeans(table, column, last))),
      }));
      found.push({ table: name, column, curves });
    }
  }
  return found;
}

type Columns = Awaited<ReturnType<Run["table"]>>;

async function tableOrNull(run: Run, name: string): Promise<Columns | null> {
  return run.tables.includes(name) ? run.table(name) : null;
}

const lastStep = (table: Columns | null) => (table === null ? 0 : (table.step[table.step.length - 1] ?? 0));

/** The window's centre → the mean of the finite values in it. */
function windowMeans(table: Columns | null, column: string, last: number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  const width = last / windows;
  for (let i = 0; i < (table?.step.length ?? 0); i++) {
    const value = (table as Columns)[column][i];
    if (!Number.isFinite(value)) continue;
    const window = Math.min(windows - 1, Math.floor(((table as Columns).step[i] - 1) / width));
    const entry = sums.get(window) ?? { sum: 0, count: 0 };
    sums.set(window, { sum: entry.sum + value, count: entry.count + 1 });
  }
  return new Map([...sums].map(([window, { sum, count }]) => [(window + 0.5) * width, sum / count]));
}

function average(seeds: readonly Map<number, number>[]) {
  const steps = [...new Set(seeds.flatMap((means) => [...means.keys()]))].sort((a, b) => a - b);
  return steps.map((step) => {
    const values = seeds.flatMap((means) => means.get(step) ?? []);
    return { step, mean: mean(values), low: quantile(values, 0.25), high: quantile(values, 0.75) };
  });
}
