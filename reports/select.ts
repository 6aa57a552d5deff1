import { InputError } from "../src/config/input-error.js";
import { suggest } from "../src/config/nearest.js";
import type { Experiment, Run, Study } from "../src/study/read.js";

/** An experiment of a study by its name. */
export function experiment(study: Study, name: string): Experiment {
  const found = study.experiments[name];
  if (found === undefined) {
    throw new InputError(
      `study ${study.name}: no experiment "${name}"${suggest(name, Object.keys(study.experiments))}`,
    );
  }
  return found;
}

/** The runs of an experiment in groups that share the label on one axis, in the axis's order. */
export function groupBy(runs: readonly Run[], axis: string): Map<string, Run[]> {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const label = run.condition[axis];
    groups.set(label, [...(groups.get(label) ?? []), run]);
  }
  return groups;
}

/** A number from a run's summary by its path (`measured.radius`); NaN where it is null or missing. */
export function summaryNumber(run: Run, path: string): number {
  const value = path
    .split(".")
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], run.summary);
  return typeof value === "number" ? value : Number.NaN;
}

/** Every stride-th point of a series as chart points, at most about `limit` of them. */
export function points(x: ArrayLike<number>, y: ArrayLike<number>, limit = 2000): { x: number; y: number }[] {
  const stride = Math.max(1, Math.ceil(x.length / limit));
  const chosen: { x: number; y: number }[] = [];
  for (let i = 0; i < x.length; i += stride) chosen.push({ x: x[i], y: y[i] });
  return chosen;
}
