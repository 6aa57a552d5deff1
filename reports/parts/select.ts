import type { z } from "zod";
import { check } from "../../src/config/check.js";
import type { Run } from "../../src/study/read.js";
import { summaryValue } from "../../src/study/summary.js";
import type { Point } from "./panel.js";

/**
 * What a schema asks for of a run's configuration; everything else is left out.
 *
 * @throws InputError where the configuration lacks it
 */
export function configOf<Config>(run: Run, schema: z.ZodType<Config>): Config {
  return check(schema, run.config, `run ${run.id}`, ["config"]);
}

/** Groups with the same key, in the order of their first members. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** A number from a run's summary by its path (`measured.radius`); NaN where it is null or missing. */
export function summaryNumber(run: Run, path: string): number {
  const value = summaryValue(run.summary, path);
  return typeof value === "number" ? value : Number.NaN;
}

export const hasDiverged = ({ outcome }: Run) => outcome.kind === "diverged";

/** Every stride-th point of a series, at most about `limit` of them. */
export function points(x: ArrayLike<number>, y: ArrayLike<number>, limit = 2000): Point[] {
  const stride = Math.max(1, Math.ceil(x.length / limit));
  const chosen: Point[] = [];
  for (let i = 0; i < x.length; i += stride) chosen.push({ x: x[i], y: y[i] });
  return chosen;
}
