import { InputError } from "../../config/input-error.js";
import { show } from "../../config/show.js";
import type { PlannedExperiment, UntunedExperiment } from "../grid.js";
import type { PlannedRun, Run } from "../run.js";
import type { RunStore } from "../store.js";
import { summaryValue } from "../summary.js";
import { type Score, search } from "./search.js";

/**
 * Tunes an experiment: runs what its search asks for, and plans the experiment's runs with the values found.
 *
 * @param store where the runs lie when they are done
 * @param carryOut carries out the runs that are not stored; whether all of them are stored then
 * @returns undefined where a run failed or was interrupted
 * @throws InputError where the metric is no number
 */
export async function tune(
  { untuned, ...experiment }: UntunedExperiment,
  store: RunStore,
  carryOut: (runs: readonly PlannedRun[]) => Promise<boolean>,
): Promise<PlannedExperiment | undefined> {
  const { tune, points, groups, admits, trialRun, tunedRuns } = untuned;
  const { metric, goal, seeds, halving } = tune;
  const extend = "extend" in tune ? tune.extend : 0;
  const searching = search({ groups: groups.length, points, seeds, goal, halving, extend, admits });
  let step = searching.next([]);
  while (!step.done) {
    const runs = step.value.map(trialRun);
    if (!(await carryOut(runs))) return undefined;
    const finished = await Promise.all(runs.map(({ id }) => store.get(id)));
    step = searching.next(finished.map((run) => scoreOf(run, metric)));
  }
  const found = step.value;
  return {
    ...experiment,
    tuning: {
      ...{ metric, goal, method: tune.method ?? "grid", seeds },
      groups: found.map((group, index) => ({ condition: groups[index], ...group })),
    },
    runs: tunedRuns(found.map(({ points, best }) => points[best].values)),
  };
}

/** @throws InputError where the metric is something else than a number */
function scoreOf({ id, outcome, summary }: Run, metric: string): Score {
  const value = summaryValue(summary, metric) ?? null;
  if (value !== null && typeof value !== "number") {
    throw new InputError(`run ${id}: expected a number as the metric "${metric}" of tuning, found ${show(value)}`);
  }
  return outcome.kind === "diverged" ? null : value;
}
