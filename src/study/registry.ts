import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Task } from "./task.js";

/**
 * The task of a name.
 *
 * @param at where the name was found, first in the message
 * @throws InputError when there is none, with the nearest valid name
 */
export function findTask(tasks: readonly Task[], name: string, at: string): Task {
  const found = tasks.find((task) => task.name === name);
  if (found !== undefined) return found;
  const hint = suggest(
    name,
    tasks.map((task) => task.name),
  );
  throw new InputError(`${at}: unknown name "${name}"${hint}`);
}

/**
 * The tasks of a module, which exports them as a list `tasks`.
 *
 * @throws TypeError when it does not
 */
export async function loadTasks(url: string): Promise<readonly Task[]> {
  const { tasks } = (await import(url)) as { readonly tasks?: unknown };
  if (Array.isArray(tasks)) return tasks;
  throw new TypeError(`${url}: expected a module that exports a list "tasks", found ${typeof tasks}`);
}
