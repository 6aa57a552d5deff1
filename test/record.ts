import { check } from "../src/config/check.js";
import { executeRun } from "../src/study/execute.js";
import { resolveConfig } from "../src/study/grid.js";
import type { FinishedRun } from "../src/study/run.js";
import type { RunContext, Task } from "../src/study/task.js";

export interface Recorded {
  readonly result: Omit<FinishedRun, "tables">;
  /** Table → column → values. */
  readonly tables: Record<string, Record<string, number[]>>;
}

/** Runs a task in this thread and keeps its rows. */
export async function record(
  task: Task,
  input: unknown,
  seed = 1,
  progress?: RunContext["progress"],
): Promise<Recorded> {
  const config = resolveConfig(task, check(task.schema, input, "test"), "test: ");
  const { tables, ...result } = await executeRun(task, { config, seed, engine: "wasm" }, progress);
  const values = tables.map((table) => {
    const columns = Object.entries(table.columns()).map(([name, column]) => [name, Array.from(column)]);
    return [table.name, Object.fromEntries(columns)];
  });
  return { result, tables: Object.fromEntries(values) };
}
