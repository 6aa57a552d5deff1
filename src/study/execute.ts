import { ColumnTable } from "./column-table.js";
import { digest } from "./digest.js";
import type { FinishedRun, RunSpec } from "./run.js";
import { type Columns, type TableDeclaration, typesOf } from "./tables.js";
import type { Summary, Task } from "./task.js";

/**
 * Carries out one run of a task, in this thread.
 *
 * @param onProgress called with the finished fraction, 0 … 1, and the task's numbers, when it has grown by a thousandth
 * @throws Error when the task writes what it does not declare
 */
export async function executeRun(
  task: Task,
  { config, seed, engine, base }: Pick<RunSpec, "config" | "seed" | "engine" | "base">,
  onProgress: (fraction: number, numbers: Readonly<Record<string, number>>) => void = () => {},
): Promise<FinishedRun> {
  const tables = new Map<string, ColumnTable>();
  let reported = 0;
  const { outcome, summary, parameters } = await task.run(config, {
    seed,
    engine,
    base,
    table(declaration: TableDeclaration, columns: Columns = declaration.columns) {
      const { name } = declaration;
      if (tables.has(name)) throw new Error(`task ${task.name}: the table ${name} is opened twice`);
      refuseUndeclaredColumns(task, name, columns);
      const table = new ColumnTable(name, typesOf(columns));
      tables.set(name, table);
      return table;
    },
    progress(fraction, numbers = {}) {
      if (fraction - reported < 0.001) return;
      reported = fraction;
      onProgress(Math.min(fraction, 1), numbers);
    },
  });
  refuseUndeclaredFields(task, summary);
  return { outcome, summary, parametersSha256: digest(...parameters), tables: [...tables.values()] };
}

// What is written is what is declared: listings and the types that readers see are then true.

function refuseUndeclaredColumns(task: Task, name: string, columns: Columns): void {
  const at = `task ${task.name}: the table ${name}`;
  if (!Object.hasOwn(task.tables, name)) throw new Error(`${at} is not declared`);
  const { columns: always, further = {} } = task.tables[name];
  for (const column of Object.keys(always)) {
    if (columns[column] !== always[column]) throw new Error(`${at} lacks its column ${column}`);
  }
  const declared = new Set([...Object.values(always), ...Object.values(further)]);
  for (const [column, declaration] of Object.entries(columns)) {
    if (!declared.has(declaration)) throw new Error(`${at} declares no column ${column}`);
  }
}

function refuseUndeclaredFields(task: Task, summary: Summary, prefix = ""): void {
  for (const [key, value] of Object.entries(summary)) {
    const path = prefix + key;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      refuseUndeclaredFields(task, value as Summary, `${path}.`);
    } else if (!Object.hasOwn(task.summary, path)) {
      throw new Error(`task ${task.name}: the summary declares no field ${path}`);
    }
  }
}
