import { type PlannedExperiment, planStudy, type TunedStudy } from "../../src/study/grid.js";

/** Plans a study of which no experiment is tuned, so that all its runs are known. */
export function planWithoutTuning(...study: Parameters<typeof planStudy>): TunedStudy {
  const planned = planStudy(...study);
  const experiments = planned.experiments.map((experiment): PlannedExperiment => {
    if ("runs" in experiment) return experiment;
    throw new Error(`the experiment ${experiment.name} is tuned first`);
  });
  return { ...planned, experiments };
}
