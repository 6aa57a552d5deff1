import type { Interval } from "./interval.js";
import { mean } from "./mean.js";
import { pairsNeeded } from "./pairs-needed.js";
import { probabilityOfImprovement } from "./probability-of-improvement.js";
import { studentInterval } from "./student-interval.js";

/** One condition beside a baseline, both run with the same seeds. */
export interface PairedComparison {
  /** How many values the condition has. */
  readonly seeds: number;
  /** of the condition's values */
  readonly mean: number;
  /** The mean difference to the baseline over the seeds that both have; null where they share none. */
  readonly difference: Interval | null;
  /** The probability that a value of the condition exceeds one of the baseline; null where `difference` is. */
  readonly probabilityOfImprovement: number | null;
  /** Seeds that would tell a difference of this size; null where these tell it, and for fewer than two pairs. */
  readonly seedsNeeded: number | null;
}

/**
 * A condition compared with a baseline seed by seed: Student's interval of the paired differences at level 0.95. What
 * noise both share by their seed cancels in a pair.
 *
 * @param values seed → the condition's value
 * @param baseline seed → the baseline's value; null where the condition is the baseline itself
 */
export function comparePaired(
  values: ReadonlyMap<number, number>,
  baseline: ReadonlyMap<number, number> | null,
): PairedComparison {
  const own = [...values.values()];
  const differences = [...values].flatMap(([seed, value]) => {
    const other = baseline?.get(seed);
    return other === undefined ? [] : [value - other];
  });
  const undecided = { difference: null, probabilityOfImprovement: null, seedsNeeded: null };
  if (baseline === null || differences.length === 0) return { seeds: own.length, mean: mean(own), ...undecided };
  const difference = studentInterval(differences);
  const told = difference.low > 0 || difference.high < 0;
  return {
    seeds: own.length,
    mean: mean(own),
    difference,
    probabilityOfImprovement: probabilityOfImprovement(own, [...baseline.values()]),
    seedsNeeded: told || differences.length < 2 ? null : pairsNeeded(differences),
  };
}
