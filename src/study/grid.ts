import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { assign } from "./assign.js";
import { runId } from "./identity.js";
import type { LoadedStudy } from "./load.js";
import { findTask } from "./registry.js";
import type { Condition, PlannedRun } from "./run.js";
import type { Axis, ExperimentFile } from "./schema.js";
import type { Task } from "./task.js";

/** An experiment with all its runs. */
export interface PlannedExperiment {
  readonly name: string;
  readonly task: string;
  /** Axis → the labels of its values, in the order written. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
  readonly runs: readonly PlannedRun[];
}

/** A study with all its runs. */
export interface PlannedStudy {
  readonly name: string;
  readonly title: string;
  readonly experiments: readonly PlannedExperiment[];
}

/**
 * All runs of a study, every configuration checked by its task's schema before anything runs. The first axis changes
 * slowest, the seed fastest.
 *
 * @throws InputError naming file, path, what was expected, what was found, and the condition
 */
export function planStudy({ study, source, base }: LoadedStudy, tasks: readonly Task[], engine: string): PlannedStudy {
  const experiments = Object.entries(study.experiments).map(([name, experiment]) => {
    const task = findTask(tasks, experiment.task, `${source}: experiments.${name}.task`);
    return planExperiment(name, experiment, task, { engine, source, base });
  });
  return { name: study.name, title: study.title ?? study.name, experiments };
}

function planExperiment(
  name: string,
  { config: shared, grid, seeds }: ExperimentFile,
  task: Task,
  { engine, source, base }: { readonly engine: string; readonly source: string; readonly base?: string },
): PlannedExperiment {
  const at = `${source}: experiments.${name}.grid`;
  const axes = Object.entries(grid).map(([path, axis]) => ({ path, values: labelled(axis, `${at}.${path}`) }));
  refuseOverwriting(
    axes.map(({ path }) => path),
    at,
  );
  const runs = product(axes.map(({ values }) => values)).flatMap((choice) => {
    const condition = Object.fromEntries(choice.map(([label], axis) => [axes[axis].path, label]));
    const input = choice.reduce<unknown>(
      (config, [, value], axis) => assign(config, { path: axes[axis].path, value }, `${at}.${axes[axis].path}`),
      shared,
    );
    const path = ["experiments", name, "config"];
    const checked = checkCondition(task, input, condition, source, path);
    const config = resolveConfig(task, checked, `${source}: ${path.join(".")}.`, base);
    return seeds.map((seed) => {
      const run = { task: task.name, config, seed, engine, base };
      return { id: runId(run), ...run, experiment: name, condition };
    });
  });
  const labels = axes.map(({ path, values }) => [path, values.map(([label]) => label)]);
  return { name, task: task.name, axes: Object.fromEntries(labels), seeds, runs };
}

/**
 * The configuration with what it refers to outside itself.
 *
 * @param prefix where the configuration came from, before the path in messages
 * @param base the folder that relative paths in it start from
 */
export function resolveConfig<Config>(task: Task<Config>, config: Config, prefix: string, base = "."): Config {
  try {
    return task.resolve?.(config, base) ?? config;
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${prefix}${error.message}`) : error;
  }
}

function checkCondition(task: Task, input: unknown, condition: Condition, source: string, at: string[]): unknown {
  try {
    return check(task.schema, input, source, at);
  } catch (error) {
    if (!(error instanceof InputError) || Object.keys(condition).length === 0) throw error;
    throw new InputError(`${error.message} (in the condition ${describeCondition(condition)})`);
  }
}

/** `optimizer.rho=0.9, order=alternating`, for messages and progress. */
export function describeCondition(condition: Condition): string {
  return Object.entries(condition)
    .map(([axis, label]) => `${axis}=${label}`)
    .join(", ");
}

/** A later axis that replaces what an earlier one set would make conditions that differ in name only. */
function refuseOverwriting(paths: readonly string[], at: string): void {
  paths.forEach((path, index) => {
    const lost = paths.slice(0, index).find((earlier) => earlier.startsWith(`${path}.`));
    if (lost !== undefined) {
      throw new InputError(`${at}: the axis "${path}" replaces what the axis "${lost}" sets; write "${path}" first`);
    }
  });
}

function labelled(axis: Axis, at: string): readonly (readonly [label: string, value: unknown])[] {
  if (!Array.isArray(axis)) return Object.entries(axis);
  const values = axis.map((value) => [Array.isArray(value) ? `[${value.join(", ")}]` : String(value), value] as const);
  const repeated = values.find(([label], index) => values.findIndex(([other]) => other === label) < index);
  if (repeated !== undefined) throw new InputError(`${at}: expected values that differ, found ${repeated[0]} twice`);
  return values;
}

function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);
}
