import type { Run } from "../../../src/study/read.js";
import type { Point } from "../panel.js";
import { overSeeds, type Window, windowCentre, windowMeans } from "../windows.js";
import type { ConditionRuns } from "./measures.js";

/** A column of a table over the course of the runs, a curve a condition. */
export interface Course {
  readonly table: string;
  readonly column: string;
  readonly curves: readonly CourseCurve[];
}

/** A condition's curve over the seeds; windows without a value are left out. */
export interface CourseCurve {
  readonly label: string;
  readonly points: readonly Window[];
  /** The means of each seed, see {@link pointsOf}. */
  readonly seeds: readonly (readonly number[])[];
  /** The step at which the last window ends. */
  readonly last: number;
}

const mostWindows = 60;
const fewestWindows = 5;
/** So many rows fall into a window on average, even of the run with the fewest, so that seeds are seldom missing. */
const rowsInWindow = 4;
/** Columns that count and do not measure. */
const counters = new Set(["step", "update", "changes", "copy", "length"]);

/**
 * What the runs recorded over time: returns of episodes first, then the columns of `metrics` in their order, each as
 * mean and 95 % interval over the seeds of the means in windows of steps, 60 where there are rows enough.
 */
export async function courses(groups: readonly ConditionRuns[], most = 6): Promise<Course[]> {
  const found: Course[] = [];
  for (const table of ["episodes", "metrics"]) {
    const having = groups.map(({ label, runs }) => ({
      label,
      runs: runs.filter(({ tables }) => tables.includes(table)),
    }));
    const columns = (await columnsOf(having, table)).slice(0, most - found.length);
    if (columns.length === 0) continue;
    const reach = await reachOf(having, table);
    const { last } = reach;
    const means: number[][][][] = [];
    for (const { runs } of having) means.push(await meansInWindows(runs, table, columns, reach));
    for (const [index, column] of columns.entries()) {
      const curves = having.map(({ label }, group): CourseCurve => {
        const seeds = means[group][index];
        return { label, points: overSeeds(seeds, last), seeds, last };
      });
      found.push({ table, column, curves });
    }
  }
  return found;
}

// Tables are read one by one, and of each only what is asked: a study may hold more rows than fit into memory.

async function columnsOf([first]: readonly ConditionRuns[], table: string): Promise<string[]> {
  const columns = (await first?.runs[0]?.table(table)) ?? {};
  return Object.keys(columns).filter((column) => !counters.has(column));
}

/** What the windows of a table cover. */
interface Reach {
  readonly last: number;
  readonly windows: number;
}

async function reachOf(groups: readonly ConditionRuns[], table: string): Promise<Reach> {
  let [last, rows] = [0, Number.POSITIVE_INFINITY];
  for (const run of groups.flatMap(({ runs }) => runs)) {
    const { step } = await run.table(table, ["step"]);
    last = Math.max(last, step[step.length - 1] ?? 0);
    rows = Math.min(rows, step.length);
  }
  return { last, windows: Math.max(fewestWindows, Math.min(mostWindows, Math.floor(rows / rowsInWindow))) };
}

/** Of each column, for every run that has it; conditions may have columns of their own, as observables of a problem. */
async function meansInWindows(
  runs: readonly Run[],
  table: string,
  columns: readonly string[],
  { last, windows }: Reach,
): Promise<number[][][]> {
  const means: number[][][] = columns.map(() => []);
  for (const run of runs) {
    const { step, ...values } = await run.table(table, ["step", ...columns]);
    for (const [index, column] of columns.entries()) {
      if (Object.hasOwn(values, column)) means[index].push(windowMeans(step, values[column], last, windows));
    }
  }
  return means;
}

/** The means of one seed as points; windows without a value are left out. */
export function pointsOf(means: readonly number[], last: number): Point[] {
  const points = means.map((y, k) => ({ x: windowCentre(k, last, means.length), y }));
  return points.filter(({ y }) => Number.isFinite(y));
}
