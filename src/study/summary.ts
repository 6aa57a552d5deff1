import type { Summary } from "./task.js";

/** A value of a run's summary by its path (`measured.radius`); undefined where the run has none. */
export function summaryValue(summary: Summary, path: string): Summary[string] | undefined {
  return path.split(".").reduce<unknown>((node, key) => (node as Summary | null | undefined)?.[key], summary) as
    | Summary[string]
    | undefined;
}

/** The values of a summary that are no parts of their own, by path, in their order. */
export function summaryLeaves(summary: Summary): [path: string, value: Exclude<Summary[string], Summary>][] {
  return Object.entries(summary).flatMap(([key, value]): ReturnType<typeof summaryLeaves> => {
    if (!isPart(value)) return [[key, value]];
    return summaryLeaves(value).map(([path, leaf]) => [`${key}.${path}`, leaf]);
  });
}

function isPart(value: Summary[string]): value is Summary {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
