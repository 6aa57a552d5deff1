import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { type Choice, conditionOf, plainLabel, replaces } from "../condition.js";
import type { Condition, PlannedRun } from "../run.js";
import type { Task } from "../task.js";
import { type Point, pointsOf } from "./points.js";
import type { Tune } from "./schema.js";
import type { Trial } from "./search.js";

/** The tuning of an experiment, with all that it takes to run it. */
export interface PlannedTuning {
  readonly tune: Tune;
  readonly points: readonly Point[];
  /** The conditions for which the best is sought apart. */
  readonly groups: readonly Condition[];
  /** Whether a point makes valid configurations, in tuning and in the experiment. */
  admits(point: Point): boolean;
  /** The run by which a trial is scored. */
  trialRun(trial: Trial): PlannedRun;
  /** The experiment's own runs, each with its group's values. */
  tunedRuns(values: readonly Point[]): PlannedRun[];
}

/**
 * Plans a run a seed.
 *
 * @param choices the condition that the runs have
 * @param changes assigned after the condition, and no part of it
 * @throws InputError where the configuration is not valid
 */
export type PlanRuns = (
  choices: readonly Choice[],
  changes: readonly Choice[],
  seeds: readonly number[],
) => PlannedRun[];

export interface TunedExperiment {
  readonly task: Task;
  readonly seeds: readonly number[];
  /** The conditions in the order of the grid, as what they set. */
  readonly conditions: readonly (readonly Choice[])[];
  /** Where the study says what is tuned, for messages. */
  readonly at: string;
  readonly plan: PlanRuns;
}

/**
 * Plans the tuning of an experiment. Every point of its space is checked in every condition, before anything runs.
 *
 * @throws InputError naming file, path, what was expected, what was found
 */
export function planTuning(tune: Tune, experiment: TunedExperiment): PlannedTuning {
  const { task, seeds, conditions, at, plan } = experiment;
  const grid = conditions[0].map(({ path }) => path);
  const per = tune.per ?? grid;
  refuseUnknown(tune, task, grid, at);
  refuseShared(tune.seeds, seeds, at);
  refuseOverwriting(tune, grid, per, at);

  const partOf = (choices: readonly Choice[]) => choices.filter(({ path }) => per.includes(path));
  const keyOf = (choices: readonly Choice[]) => JSON.stringify(partOf(choices).map(({ label }) => label));
  const parts = new Map(conditions.map((choices) => [keyOf(choices), partOf(choices)]));
  const keys = [...parts.keys()];
  const groups = [...parts.values()];
  const groupOf = (choices: readonly Choice[]) => keys.indexOf(keyOf(choices));
  const set = choicesOf(tune.set, `${at}.set`);
  const tuned = (point: Point) => choicesOf(point, `${at}.axes`);

  const trialRun = ({ group, point, seed }: Trial) => plan([...groups[group], ...set, ...tuned(point)], [], [seed])[0];
  const checkPoint = (point: Point) => {
    const [seed] = tune.seeds;
    for (let group = 0; group < groups.length; group++) trialRun({ group, point, seed });
    for (const choices of conditions) plan(choices, tuned(point), seeds.slice(0, 1));
  };
  const points = pointsOf(tune);
  points.forEach(checkPoint);
  return {
    ...{ tune, points, trialRun },
    groups: groups.map(conditionOf),
    admits(point) {
      try {
        checkPoint(point);
        return true;
      } catch (error) {
        if (error instanceof InputError) return false;
        throw error;
      }
    },
    tunedRuns: (values) => conditions.flatMap((choices) => plan(choices, tuned(values[groupOf(choices)]), seeds)),
  };
}

function choicesOf(values: Readonly<Record<string, unknown>>, at: string): Choice[] {
  return Object.entries(values).map(([path, value]) => ({
    ...{ path, value, at: `${at}.${path}` },
    label: typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : plainLabel(value),
  }));
}

function refuseUnknown({ metric, per = [], axes }: Tune, { summary }: Task, grid: readonly string[], at: string): void {
  if (!Object.hasOwn(summary, metric)) {
    throw new InputError(`${at}.metric: unknown metric "${metric}"${suggest(metric, Object.keys(summary))}`);
  }
  const unknown = per.find((path) => !grid.includes(path));
  if (unknown !== undefined) {
    throw new InputError(
      `${at}.per: the grid has no axis "${unknown}"${grid.length > 0 ? suggest(unknown, grid) : ""}`,
    );
  }
  for (const [path, values] of Object.entries(axes)) {
    if (!Array.isArray(values)) continue;
    const labels = values.map(plainLabel);
    const repeated = labels.find((label, index) => labels.indexOf(label) < index);
    if (repeated !== undefined) {
      throw new InputError(`${at}.axes.${path}: expected values that differ, found ${repeated} twice`);
    }
  }
}

/** Values that were chosen on a seed look better on it than they are. */
function refuseShared(tuning: readonly number[], seeds: readonly number[], at: string): void {
  const shared = tuning.filter((seed) => seeds.includes(seed));
  if (shared.length > 0) {
    throw new InputError(`${at}.seeds: expected others than the experiment's own seeds, found ${shared.join(", ")}`);
  }
}

/** What is assigned later must not undo what was assigned before: grid, then `set`, then what is tuned. */
function refuseOverwriting({ axes, set }: Tune, grid: readonly string[], per: readonly string[], at: string): void {
  const tuned = Object.keys(axes);
  for (const [index, path] of tuned.entries()) {
    const refuse = (what: string) => {
      throw new InputError(`${at}.axes: the axis "${path}" replaces what ${what} sets`);
    };
    const axis = grid.find((other) => replaces(path, other));
    if (axis !== undefined) refuse(`the grid's axis "${axis}"`);
    const earlier = tuned.slice(0, index).find((other) => replaces(path, other));
    if (earlier !== undefined) refuse(`the axis "${earlier}"`);
    const change = Object.keys(set).find((other) => replaces(path, other));
    if (change !== undefined) refuse(`set, "${change}",`);
  }
  for (const path of Object.keys(set)) {
    const axis = per.find((other) => replaces(path, other));
    if (axis === undefined) continue;
    throw new InputError(
      `${at}.set: "${path}" replaces what the grid's axis "${axis}" sets; leave "${axis}" out of per`,
    );
  }
}
