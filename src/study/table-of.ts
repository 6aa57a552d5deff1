import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Run } from "./run.js";
import type { Column, TableDeclaration } from "./tables.js";

/**
 * The columns of one of a run's tables, typed by the task's declaration and checked against it, read from the store.
 *
 * @param further columns that not every run has
 * @throws InputError when the run has no such table or column
 */
export async function tableOf<Name extends string, Further extends string = never>(
  run: Pick<Run, "id" | "table">,
  { name, columns }: TableDeclaration<Name>,
  ...further: readonly Further[]
): Promise<Record<Name | Further, Column>> {
  const found = await run.table(name);
  for (const wanted of [...Object.keys(columns), ...further]) {
    if (Object.hasOwn(found, wanted)) continue;
    throw new InputError(`run ${run.id}: ${name}: no column "${wanted}"${suggest(wanted, Object.keys(found))}`);
  }
  return found as Record<Name | Further, Column>;
}
