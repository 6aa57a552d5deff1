import { forecast } from "../study/forecast.js";
import type { PlannedStudy } from "../study/grid.js";
import type { PlannedRun } from "../study/run.js";

/** What an experiment will run, as far as it is known before. */
export interface ExperimentPlan {
  readonly name: string;
  readonly task: string;
  /** Axis → the labels of its values. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
  /** The runs of tuning, if it is tuned. */
  readonly trials: readonly PlannedRun[];
  /** Where it is tuned their configurations hold the first values tried, and their ids are not known yet. */
  readonly runs: readonly PlannedRun[];
}

export function plansOf(study: PlannedStudy): ExperimentPlan[] {
  return forecast(study).map(({ trials, runs }, index) => {
    const { name, task, axes, seeds } = study.experiments[index];
    return { name, task, axes, seeds, trials, runs };
  });
}

/** `24 runs of tuning, then 3 conditions × 5 seeds = 15 runs` */
export function sizeOf({ seeds, trials, runs }: ExperimentPlan): string {
  const tuning = trials.length === 0 ? "" : `${trials.length} runs of tuning, then `;
  const conditions = runs.length / seeds.length;
  const counted = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;
  const size = `${counted(conditions, "condition")} × ${counted(seeds.length, "seed")}`;
  return `${tuning}${size} = ${runs.length} runs`;
}

/** The runs, those once that several experiments ask for. */
export function distinct(runs: readonly PlannedRun[]): PlannedRun[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}
