import { findTask } from "../../study/registry.js";
import type { Columns, SummaryFields } from "../../study/tables.js";
import type { Task } from "../../study/task.js";
import { aligned, print } from "../output.js";

/**
 * Prints what the runs of a task record: tables with the type, unit and meaning of each column, and the summary's fields.
 *
 * @param name the task; all of them when left out
 * @throws InputError when there is no such task
 */
export function printColumns(tasks: readonly Task[], name: string | undefined, json: boolean): void {
  const asked = name === undefined ? tasks : [findTask(tasks, name, "list columns: task")];
  if (json) {
    const recorded = asked.map(({ name, tables, summary }) => [name, { tables, summary }]);
    print(JSON.stringify({ columns: Object.fromEntries(recorded) }));
    return;
  }
  const paragraphs = asked.flatMap(describe);
  print(paragraphs.map((lines) => lines.join("\n")).join("\n\n"));
}

function describe({ name, tables, summary }: Task): string[][] {
  const described = Object.values(tables).map((table) => [
    `${name}: table ${table.name}, rows: ${table.rows}`,
    ...indented({ ...table.columns, ...table.further }),
  ]);
  return [...described, [`${name}: summary`, ...indented(summary)]];
}

function indented(columns: Columns | SummaryFields): string[] {
  const rows = Object.entries(columns).map(([name, { meaning, unit, ...column }]) => {
    const words = unit === undefined ? meaning : `${meaning} [${unit}]`;
    return [name, "type" in column ? `${String(column.type).padEnd(8)} ${words}` : words] as const;
  });
  return aligned(rows).map((line) => `  ${line}`);
}
