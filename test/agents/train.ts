import { rlTask } from "../../agents/index.js";
import { check } from "../../src/config/check.js";
import type { RunResult } from "../../src/study/task.js";

export type Row = Record<string, number>;

/** One run of the rl task with its tables as lists of rows. */
export function train(input: unknown, seed: number): { result: RunResult; metrics: Row[]; episodes: Row[] } {
  const tables: Record<string, Row[]> = {};
  const result = rlTask.run(check(rlTask.schema, input, "test"), {
    seed,
    engine: "wasm",
    table(name, columns) {
      const names = Object.keys(columns);
      const rows: Row[] = [];
      tables[name] = rows;
      return {
        get rows() {
          return rows.length;
        },
        append(...row) {
          if (row.length !== names.length) throw new Error(`${name}: ${row.length} values for ${names.length} columns`);
          rows.push(Object.fromEntries(names.map((column, k) => [column, row[k]])));
        },
      };
    },
    progress() {},
  }) as RunResult;
  return { result, metrics: tables.metrics, episodes: tables.episodes };
}
