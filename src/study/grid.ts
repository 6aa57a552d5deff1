import { createHash } from "node:crypto";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { packageVersion } from "../config/package.js";
import { assign } from "./assign.js";
import { canonicalJson } from "./canonical.js";
import type { LoadedStudy } from "./load.js";
import type { Axis, ExperimentFile } from "./schema.js";
import type { Task } from "./task.js";

/** A condition: axis (a path in the configuration) → the label of the value it takes there. */
export type Condition = Readonly<Record<string, string>>;

/** What makes a run: equal fields give equal rows. */
export interface RunSpec {
  readonly id: string;
  readonly task: string;
  /** The whole configuration, checked, with defaults filled in. */
  readonly config: unknown;
  readonly seed: number;
  readonly engine: string;
  /** What relative paths in the configuration are relative to; no part of the identity, which holds digests instead. */
  readonly folder?: string;
}

/** A run as an experiment asks for it. */
export interface PlannedRun extends RunSpec {
  readonly experiment: string;
  readonly condition: Condition;
}

export interface PlannedExperiment {
  readonly name: string;
  readonly task: string;
  /** Axis → the labels of its values, in the order written. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
  readonly runs: readonly PlannedRun[];
}

export interface PlannedStudy {
  readonly name: string;
  readonly title: string;
  readonly experiments: readonly PlannedExperiment[];
}

/**
 * The run's id: the first 16 hex digits of the SHA-256 of the canonical JSON of everything that decides its rows.
 */
export function runId(run: Omit<RunSpec, "id">): string {
  const { task, config, seed, engine } = run;
  const text = canonicalJson({ task, config, seed, engine, version: packageVersion });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/**
 * All runs of a study, every configuration checked by its task's schema before anything runs. The first axis changes
 * slowest, the seed fastest.
 *
 * @throws InputError naming file, path, what was expected, what was found, and the condition
 */
export function planStudy(
  { study, source, folder }: LoadedStudy,
  tasks: Readonly<Record<string, Task>>,
  engine: string,
): PlannedStudy {
  const experiments = Object.entries(study.experiments).map(([name, experiment]) => {
    const task = Object.hasOwn(tasks, experiment.task) ? tasks[experiment.task] : undefined;
    if (task === undefined) {
      const hint = suggest(experiment.task, Object.keys(tasks));
      throw new InputError(`${source}: experiments.${name}.task: unknown name "${experiment.task}"${hint}`);
    }
    return planExperiment(name, experiment, task, { engine, source, folder });
  });
  return { name: study.name, title: study.title ?? study.name, experiments };
}

function planExperiment(
  name: string,
  { config: base, grid, seeds }: ExperimentFile,
  task: Task,
  { engine, source, folder }: { readonly engine: string; readonly source: string; readonly folder?: string },
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
      base,
    );
    const path = ["experiments", name, "config"];
    const checked = checkCondition(task, input, condition, source, path);
    const config = resolveConfig(task, checked, `${source}: ${path.join(".")}.`, folder);
    return seeds.map((seed) => {
      const run = { task: task.name, config, seed, engine, folder };
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
 */
export function resolveConfig<Config>(task: Task<Config>, config: Config, prefix: string, folder = "."): Config {
  try {
    return task.resolve?.(config, folder) ?? config;
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
