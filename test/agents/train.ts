import { rlTask } from "../../agents/index.js";
import { check } from "../../src/config/check.js";
import { ColumnTable } from "../../src/study/column-table.js";
import { digest } from "../../src/study/digest.js";
import { type TableDeclaration, typesOf } from "../../src/study/tables.js";
import type { RunResult } from "../../src/study/task.js";

export type Row = Record<string, number>;

/** One run of the rl task with its tables as lists of rows. */
export function train(input: unknown, seed: number) {
  const tables: Record<string, ColumnTable> = {};
  const result = rlTask.run(check(rlTask.schema, input, "test"), {
    seed,
    engine: "wasm",
    table({ name, columns: always }: TableDeclaration, columns = always) {
      tables[name] = new ColumnTable(name, typesOf(columns));
      return tables[name];
    },
    progress() {},
  }) as RunResult;
  const { outcome, summary, parameters } = result;
  const digested = { outcome, summary, parametersSha256: digest(...parameters) };
  return { result: digested, metrics: rowsOf(tables.metrics), episodes: rowsOf(tables.episodes) };
}

function rowsOf(table: ColumnTable): Row[] {
  const columns = Object.entries(table.columns());
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
  );
}
