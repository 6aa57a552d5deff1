import type { Summary } from "./task.js";

/** A value of a run's summary by its path (`measured.radius`); undefined where the run has none. */
export function summaryValue(summary: Summary, path: string): Summary[string] | undefined {
  return path.split(".").reduce<unknown>((node, key) => (node as Summary | null | undefined)?.[key], summary) as
    | Summary[string]
    | undefined;
}
