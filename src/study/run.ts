import type { RunSpec } from "./grid.js";
import { ColumnTable } from "./table.js";
import type { RunResult, Task } from "./task.js";

/** A finished run with its rows. */
export interface FinishedRun extends RunResult {
  readonly tables: readonly ColumnTable[];
}

/**
 * Runs a task once, in this thread, and returns its rows.
 *
 * @param onProgress told the finished share, 0 … 1, and the task's numbers, whenever it has grown by a thousandth
 */
export async function executeRun(
  task: Task,
  { config, seed, engine, folder }: Pick<RunSpec, "config" | "seed" | "engine" | "folder">,
  onProgress: (share: number, numbers: Readonly<Record<string, number>>) => void = () => {},
): Promise<FinishedRun> {
  const tables = new Map<string, ColumnTable>();
  let reported = 0;
  const result = await task.run(config, {
    seed,
    engine,
    folder,
    table(name, columns) {
      if (tables.has(name)) throw new Error(`task ${task.name}: the table ${name} is opened twice`);
      const table = new ColumnTable(name, columns);
      tables.set(name, table);
      return table;
    },
    progress(share, numbers = {}) {
      if (share - reported < 0.001) return;
      reported = share;
      onProgress(Math.min(share, 1), numbers);
    },
  });
  return { ...result, tables: [...tables.values()] };
}
