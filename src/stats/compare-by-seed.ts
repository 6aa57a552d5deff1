import { compareMeans, type MeansComparison } from "./compare-means.js";
import { mean } from "./mean.js";
import { probabilityOfImprovement } from "./probability-of-improvement.js";

/** One condition beside a baseline. */
export interface SeedComparison {
  /** How many values the condition has. */
  readonly seeds: number;
  /** of the condition's values */
  readonly mean: number;
  /** The condition minus the baseline over the seeds that both have; null where they share fewer than two. */
  readonly comparison: MeansComparison | null;
  /** The probability that a value of the condition exceeds one of the baseline; null where `comparison` is. */
  readonly probabilityOfImprovement: number | null;
}

/**
 * A condition compared with a baseline over the seeds that both have, see {@link compareMeans}.
 *
 * @param values seed → the condition's value
 * @param baseline seed → the baseline's value; null where the condition is the baseline itself
 */
export function compareBySeed(
  values: ReadonlyMap<number, number>,
  baseline: ReadonlyMap<number, number> | null,
): SeedComparison {
  const own = [...values.values()];
  const summary = { seeds: own.length, mean: mean(own) };
  const shared = [...values.keys()].filter((seed) => baseline?.has(seed)).sort((a, b) => a - b);
  if (baseline === null || shared.length < 2) return { ...summary, comparison: null, probabilityOfImprovement: null };
  const of = (from: ReadonlyMap<number, number>) => shared.map((seed) => from.get(seed) as number);
  return {
    ...summary,
    comparison: compareMeans(of(values), of(baseline)),
    probabilityOfImprovement: probabilityOfImprovement(own, [...baseline.values()]),
  };
}
