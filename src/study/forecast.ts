import type { PlannedStudy, UntunedExperiment } from "./grid.js";
import type { PlannedRun } from "./run.js";
import { search } from "./tuning/search.js";

/** What an experiment will ask for. */
export interface Forecast {
  /** The trials by which it is tuned, without extensions of the grid. */
  readonly trials: readonly PlannedRun[];
  /** Its own runs. Where it is tuned, their values are not known yet, and neither are their ids. */
  readonly runs: readonly PlannedRun[];
}

/** The runs that each experiment of a study will ask for, as far as they can be known before any is carried out. */
export function forecast({ experiments }: PlannedStudy): Forecast[] {
  return experiments.map((experiment) =>
    "runs" in experiment ? { trials: [], runs: experiment.runs } : forecastTuned(experiment),
  );
}

function forecastTuned({ untuned }: UntunedExperiment): Forecast {
  const { tune, points, groups, trialRun, tunedRuns } = untuned;
  const { goal, seeds, halving } = tune;
  const searching = search({ groups: groups.length, points, seeds, goal, halving, extend: 0, admits: () => true });
  const trials: PlannedRun[] = [];
  // How many trials there are does not depend on how they end.
  for (let step = searching.next([]); !step.done; step = searching.next(step.value.map(() => 0))) {
    trials.push(...step.value.map(trialRun));
  }
  return { trials, runs: tunedRuns(groups.map(() => points[0])) };
}
