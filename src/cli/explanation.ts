import type { PlannedStudy } from "../study/grid.js";
import type { Condition } from "../study/run.js";
import type { Tune } from "../study/tuning/schema.js";
import { type ExperimentPlan, plansOf } from "./plan.js";

/** A dotted path → the number, the word or the list of them that stands there. */
export type Leaves = Readonly<Record<string, unknown>>;

/** A condition of an experiment, resolved. */
export interface ExplainedCondition {
  readonly condition: Condition;
  /** What is another than in the first condition; null where there is no such path in this one. */
  readonly differs: Leaves;
  /** The id is null where it waits for what tuning finds. */
  readonly runs: readonly { readonly seed: number; readonly id: string | null }[];
}

/** An experiment with every configuration resolved. */
export interface ExplainedExperiment {
  readonly plan: ExperimentPlan;
  /** What is sought on other seeds first; the configurations hold the first values that are tried. */
  readonly tune: Tune | undefined;
  /** The whole configuration of the first condition, defaults filled in. */
  readonly config: Leaves;
  readonly conditions: readonly ExplainedCondition[];
}

/** What each experiment of a study will run. */
export function explain(study: PlannedStudy): ExplainedExperiment[] {
  return plansOf(study).map((plan, index) => {
    const planned = study.experiments[index];
    const tune = "untuned" in planned ? planned.untuned.tune : undefined;
    const config = leaves(plan.runs[0].config);
    const conditions = inConditions(plan).map((runs) => ({
      condition: runs[0].condition,
      differs: differences(config, leaves(runs[0].config)),
      runs: runs.map(({ seed, id }) => ({ seed, id: tune === undefined ? id : null })),
    }));
    return { plan, tune, config, conditions };
  });
}

/** Runs come condition by condition, all seeds of each. */
function inConditions({ runs, seeds }: ExperimentPlan) {
  return Array.from({ length: runs.length / seeds.length }, (_, k) =>
    runs.slice(k * seeds.length, (k + 1) * seeds.length),
  );
}

/** A configuration as its leaves; lists of maps go on by index. */
export function leaves(value: unknown, path = ""): Leaves {
  const isMap = typeof value === "object" && value !== null;
  const isPlainList = Array.isArray(value) && value.every((one) => typeof one !== "object" || Array.isArray(one));
  if (!isMap || isPlainList || Object.keys(value).length === 0) return { [path]: value };
  const parts = Object.entries(value).map(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
  return Object.assign({}, ...parts);
}

function differences(first: Leaves, other: Leaves): Leaves {
  const paths = [...new Set([...Object.keys(first), ...Object.keys(other)])];
  const different = paths.filter((path) => JSON.stringify(first[path]) !== JSON.stringify(other[path]));
  return Object.fromEntries(different.map((path) => [path, other[path] ?? null]));
}
