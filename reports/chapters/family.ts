import { exp } from "../../src/math/elementary/exponential.js";
import { holm, type Interval, pairedDifference, smallestDetectableDifference, tTest } from "../../src/stats/index.js";
import { intervalText } from "../parts/interval.js";
import { number } from "../parts/text.js";
import type { Finding } from "./claim.js";

/** A mean difference over paired seeds, one of a family of comparisons. */
export interface Told {
  /** How many pairs have both numbers. */
  readonly seeds: number;
  /** At level 0.95 by itself; without ends for fewer than two pairs. */
  readonly difference: Interval;
  /** Of Student's test, by Holm's adjustment over the family. */
  readonly p: number;
  /** The smallest true difference that the unadjusted test would have told with power 0.8. */
  readonly detectable: number;
}

/**
 * Compares pair by pair in several comparisons at once.
 *
 * @param differences by comparison: one value a seed; what is not finite is left out
 */
export function family(differences: readonly (readonly number[])[]): Told[] {
  const tests = differences.map((values) => {
    const finite = values.filter(Number.isFinite);
    const [estimate] = finite;
    if (finite.length < 2) {
      const difference = {
        estimate: estimate ?? Number.NaN,
        low: Number.NEGATIVE_INFINITY,
        high: Number.POSITIVE_INFINITY,
      };
      return { seeds: finite.length, difference, p: 1, detectable: Number.POSITIVE_INFINITY };
    }
    const zeros = finite.map(() => 0);
    const precision = pairedDifference(finite, zeros);
    const { interval, p } = tTest(precision);
    return { seeds: finite.length, difference: interval, p, detectable: smallestDetectableDifference(precision) };
  });
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map((test, k) => ({ ...test, p: adjusted[k] }));
}

/** Things that are compared by their differences, all of them one {@link family}: each with what is told of it. */
export function toldOf<Compared extends { readonly differences: readonly number[] }>(
  all: readonly Compared[],
): (Omit<Compared, "differences"> & Told)[] {
  const told = family(all.map(({ differences }) => differences));
  return all.map(({ differences: _, ...one }, k) => ({ ...one, ...told[k] }));
}

/** First minus second, pair by pair: values of two conditions by seed in the same order. */
export const differences = (first: readonly number[], second: readonly number[]) =>
  first.map((value, k) => value - second[k]);

/** 1 or −1 where the difference is told from zero at the 5 % level of the whole family, else 0. */
export const toldSign = ({ difference, p }: Told) => (p <= 0.05 ? Math.sign(difference.estimate) : 0);

/** True where every sign is 1, false where some are −1 and none 1, not distinguishable where none is told, else depends. */
export function verdictOfSigns(signs: readonly number[]): Finding["verdict"] {
  if (signs.every((sign) => sign === 0)) return "not distinguishable";
  if (signs.every((sign) => sign === 1)) return "true";
  return signs.every((sign) => sign <= 0) ? "false" : "depends";
}

/** A difference of logarithms as the factor that it is. */
export const factor = ({ estimate, low, high }: Interval): Interval => ({
  estimate: exp(estimate),
  low: exp(low),
  high: exp(high),
});

/** {@link factor}, for readers. */
export const factorText = (difference: Interval) => intervalText(factor(difference), 3);

/** `p = 0.012`, or `p < 0.001`. */
export const pText = (p: number) => (p < 0.001 ? "p < 0.001" : `p = ${number(p, 2)}`);
