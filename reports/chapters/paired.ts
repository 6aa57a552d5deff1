import {
  holm,
  type Interval,
  pairedDifference,
  smallestDetectableDifference,
  studentInterval,
  tTest,
} from "../../src/stats/index.js";

/** Two conditions over the same seeds, and what tells them apart. */
export interface PairedTest {
  /** mean of first minus second, with Student's 95 % interval of the pairs */
  readonly difference: Interval;
  /** two-sided t-test of the pairs, Holm's adjustment over the whole family */
  readonly p: number;
  /** what a single test of these pairs at 5 % tells with a probability of 80 % */
  readonly detectable: number;
}

/**
 * Paired t-tests of a family of comparisons. With fewer than two pairs nothing is told: p is 1, and no difference is large
 * enough to be detected.
 *
 * @param family values of two conditions, by seed in the same order
 */
export function pairedTests(family: readonly (readonly [first: readonly number[], second: readonly number[]])[]) {
  const differences = family.map(([first, second]) => (first.length < 2 ? null : pairedDifference(first, second)));
  const adjusted = holm(differences.map((difference) => (difference === null ? 1 : tTest(difference).p)));
  return family.map(([first, second], i): PairedTest => {
    const difference = differences[i];
    return {
      difference: studentInterval(first.map((value, k) => value - second[k])),
      p: adjusted[i],
      detectable: difference === null ? Number.POSITIVE_INFINITY : smallestDetectableDifference(difference),
    };
  });
}

/** Of a family at the level 0.05: 1 where first is told to be larger, −1 where smaller, 0 where neither. */
export const signOf = ({ difference, p }: PairedTest) => (p < 0.05 ? Math.sign(difference.estimate) : 0);
