import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { cartesianProduct } from "../math/cartesian-product.js";
import { choicesOn, choose, conditionOf, describeCondition } from "./condition.js";
import { runId } from "./identity.js";
import type { LoadedStudy } from "./load.js";
import { findTask } from "./registry.js";
import type { Condition, PlannedRun } from "./run.js";
import { type ExperimentFile, mostRuns, type StudyFile } from "./schema.js";
import type { Task } from "./task.js";
import { type PlannedTuning, type PlanRuns, planTuning } from "./tuning/plan.js";
import type { Tuning } from "./tuning/record.js";

/** An experiment as a study asks for it. */
interface Experiment {
  readonly name: string;
  readonly task: string;
  /** Axis → the labels of its values, in the order written. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
}

/** An experiment with all its runs. */
export interface PlannedExperiment extends Experiment {
  readonly runs: readonly PlannedRun[];
  /** The surface by which its values were chosen, where it was tuned. */
  readonly tuning?: Tuning;
}

/** An experiment whose runs wait for the values that tuning finds. */
export interface UntunedExperiment extends Experiment {
  readonly untuned: PlannedTuning;
}

/** A study, every configuration checked. */
export interface PlannedStudy {
  readonly name: string;
  readonly title: string;
  readonly experiments: readonly (PlannedExperiment | UntunedExperiment)[];
}

/** A study with all its runs. */
export interface TunedStudy extends PlannedStudy {
  readonly experiments: readonly PlannedExperiment[];
}

/**
 * All runs of a study, every configuration checked by its task's schema before anything runs. The first axis changes
 * slowest, the seed fastest. The runs of an experiment that tunes are checked at every point of the space searched.
 *
 * @throws InputError naming file, path, what was expected, what was found, and the condition
 */
export function planStudy({ study, source, base }: LoadedStudy, tasks: readonly Task[], engine: string): PlannedStudy {
  refuseTooManyRuns(study, source);
  const experiments = Object.entries(study.experiments).map(([name, experiment]) => {
    const task = findTask(tasks, experiment.task, `${source}: experiments.${name}.task`);
    return planExperiment(name, experiment, task, { engine, source, base });
  });
  return { name: study.name, title: study.title ?? study.name, experiments };
}

/** Counts before anything is built. */
function refuseTooManyRuns({ experiments }: StudyFile, source: string): void {
  let total = 0;
  for (const { grid, seeds } of Object.values(experiments)) {
    const conditions = Object.values(grid).reduce((product, axis) => product * Object.keys(axis).length, 1);
    total += conditions * seeds.length;
  }
  if (total <= mostRuns) return;
  throw new InputError(`${source}: expected at most ${mostRuns} runs (conditions × seeds), found ${total}`);
}

function planExperiment(
  name: string,
  { config: shared, grid, seeds, tune }: ExperimentFile,
  task: Task,
  { engine, source, base }: { readonly engine: string; readonly source: string; readonly base?: string },
): PlannedExperiment | UntunedExperiment {
  const at = `${source}: experiments.${name}.grid`;
  const axes = Object.entries(grid).map(([path, axis]) => choicesOn(path, axis, `${at}.${path}`));
  refuseOverwriting(Object.keys(grid), at);
  const conditions = cartesianProduct(axes);
  const path = ["experiments", name, "config"];
  const plan: PlanRuns = (choices, changes, seeds) => {
    const assigned = [...choices, ...changes];
    const input = choose(shared, assigned);
    const checked = checkCondition(task, input, conditionOf(assigned), source, path);
    const config = resolveConfig(task, checked, `${source}: ${path.join(".")}.`, base);
    const condition = conditionOf(choices);
    return seeds.map((seed) => {
      const run = { task: task.name, config, seed, engine, base };
      return { id: runId(run), ...run, experiment: name, condition };
    });
  };
  const labels = axes.map((choices) => [choices[0].path, choices.map(({ label }) => label)]);
  const planned = { name, task: task.name, axes: Object.fromEntries(labels), seeds };
  if (tune === undefined) return { ...planned, runs: conditions.flatMap((choices) => plan(choices, [], seeds)) };
  const where = `${source}: experiments.${name}.tune`;
  return { ...planned, untuned: planTuning(tune, { task, seeds, conditions, at: where, plan }) };
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

/** A later axis that replaces what an earlier one set would make conditions that differ in name only. */
function refuseOverwriting(paths: readonly string[], at: string): void {
  paths.forEach((path, index) => {
    const lost = paths.slice(0, index).find((earlier) => earlier.startsWith(`${path}.`));
    if (lost !== undefined) {
      throw new InputError(`${at}: the axis "${path}" replaces what the axis "${lost}" sets; write "${path}" first`);
    }
  });
}
