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

/** A condition's curve: over the seeds, and of each; windows without a value are left out. */
export interface CourseCurve {
  readonly label: string;
  readonly points: readonly Window[];
  readonly seeds: readonly (readonly Point[])[];
}

const mostWindows = 60;
const fewestWindows = 5;
/** So many rows fall into a window on average, even of the run with the fewest, so that seeds are seldom missing. */
const rowsInWindow = 4;
/** Columns that count and do not measure. */
const counters = new Set(["step", "update", "changes", "copy", "length"]);

type Columns = Awaited<ReturnType<Run["table"]>>;

/**
 * What the runs recorded over time: returns of episodes first, then the columns of `metrics` in their order, each as
 * mean and 95 % interval over the seeds of the means in windows of steps, 60 where there are rows enough.
 */
export async function courses(groups: readonly ConditionRuns[], most = 6): Promise<Course[]> {
  const found: Course[] = [];
  for (const name of ["episodes", "metrics"]) {
    const tables = await Promise.all(groups.map(({ runs }) => tablesOf(runs, name)));
    const columns = Object.keys(tables[0]?.[0] ?? {}).filter((column) => !counters.has(column));
    const last = Math.max(...tables.flat().map(lastStep));
    const rows = Math.min(...tables.flat().map(({ step }) => step.length));
    const windows = Math.max(fewestWindows, Math.min(mostWindows, Math.floor(rows / rowsInWindow)));
    for (const column of columns.slice(0, most - found.length)) {
      const curves = groups.map(({ label }, i) => {
        // Conditions may have columns of their own, such as the observables of another problem.
        const having = tables[i].filter((table) => Object.hasOwn(table, column));
        const seeds = having.map((table) => windowMeans(table.step, table[column], last, windows));
        const points = (means: readonly number[]) =>
          means.map((y, k) => ({ x: windowCentre(k, last, windows), y })).filter(({ y }) => Number.isFinite(y));
        return { label, points: overSeeds(seeds, last), seeds: seeds.map(points) };
      });
      found.push({ table: name, column, curves });
    }
  }
  return found;
}

/** The tables of a name, of the runs that have one. */
function tablesOf(runs: readonly Run[], name: string): Promise<Columns[]> {
  return Promise.all(runs.filter(({ tables }) => tables.includes(name)).map((run) => run.table(name)));
}

const lastStep = ({ step }: Columns) => step[step.length - 1] ?? 0;
