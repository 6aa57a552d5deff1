import type { Experiment } from "../../../src/study/read.js";
import { type ConditionRuns, summaryPaths, varyingPaths } from "./measures.js";

/** The numbers that tasks are run for, where a summary has them. */
const headlines = ["score", "meanReturnLast100", "measured.highQuality", "measured.distance"];

/**
 * The number of the summaries by which an experiment's conditions are compared: what tuning sought, else the first of
 * those that tasks are run for, else the first at all that differs between runs. Undefined where none does.
 */
export function headlineMetric({ tuning }: Experiment, groups: readonly ConditionRuns[]): string | undefined {
  const runs = groups.flatMap((group) => group.runs);
  const varying = varyingPaths(runs, summaryPaths(runs));
  return [tuning?.metric ?? "", ...headlines, ...varying].find((path) => varying.includes(path));
}
