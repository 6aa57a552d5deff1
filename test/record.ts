import { check } from "../src/config/check.js";
import { resolveConfig } from "../src/study/grid.js";
import type { RunContext, RunResult, Task } from "../src/study/task.js";

export interface Recorded {
  readonly result: RunResult;
  /** Table → column → values. */
  readonly tables: Record<string, Record<string, number[]>>;
}

/** Runs a task in this thread and keeps its rows. */
export async function record(
  task: Task,
  input: unknown,
  seed = 1,
  progress: RunContext["progress"] = () => {},
): Promise<Recorded> {
  const tables: Recorded["tables"] = {};
  const context: RunContext = {
    seed,
    engine: "wasm",
    progress,
    table(name, columns) {
      const names = Object.keys(columns);
      const kept = Object.fromEntries(names.map((column) => [column, [] as number[]]));
      tables[name] = kept;
      let rows = 0;
      return {
        append(...row) {
          names.forEach((column, i) => {
            kept[column].push(row[i]);
          });
          rows++;
        },
        get rows() {
          return rows;
        },
      };
    },
  };
  const config = resolveConfig(task, check(task.schema, input, "test"), "test: ");
  const result = await task.run(config, context);
  return { result, tables };
}
