import { Matrix, solve } from "ml-matrix";
import { upperIncompleteGamma } from "../math/incomplete-gamma.js";
import type { Duration } from "./kaplan-meier.js";

/** The statistic of a log-rank test, and how likely one as large is by chance. */
export interface LogRankTest {
  /** χ² = uᵀ V⁻¹ u */
  readonly statistic: number;
  /** One less than the number of groups that could have had an event. */
  readonly degrees: number;
  /** P(χ²_degrees ≥ statistic), asymptotic: at level 5 % two groups of 5 are told apart in 8 % of cases, of 20 in 5 %. */
  readonly p: number;
  /** Events of each group. */
  readonly observed: readonly number[];
  /** Events that each group would have had on average if all waited alike. */
  readonly expected: readonly number[];
}

/**
 * The log-rank test that k groups wait alike. At each time with d events among n still watched, nᵢ of them in group i,
 * group i expects d nᵢ/n events; u sums observed minus expected, and V the hypergeometric covariances
 * d (n − d)/(n − 1) · (nᵢ/n) (δᵢⱼ − nⱼ/n), ties included. One group, whose u follows from the others', is left out of
 * the form, and so are groups that nobody watched at any event.
 *
 * Most powerful where one group's hazard is a multiple of the other's, weak where survival curves cross.
 *
 * Source: Mantel (1966); Peto and Peto (1972).
 *
 * @throws RangeError for fewer than two groups
 */
export function logRankTest(groups: readonly (readonly Duration[])[]): LogRankTest {
  if (groups.length < 2) throw new RangeError(`expected at least two groups, found ${groups.length}`);
  const observed = groups.map((group) => group.filter((duration) => duration.observed).length);
  const expected = groups.map(() => 0);
  const covariance = Matrix.zeros(groups.length, groups.length);
  for (const time of eventTimes(groups)) {
    const atRisk = groups.map((group) => count(group, (duration) => duration.time >= time));
    const events = count(groups.flat(), (duration) => duration.observed && duration.time === time);
    const total = atRisk.reduce((sum, n) => sum + n, 0);
    const spread = total > 1 ? (events * (total - events)) / (total - 1) : 0;
    atRisk.forEach((n, i) => {
      expected[i] += (events * n) / total;
      atRisk.forEach((m, j) => {
        covariance.set(i, j, covariance.get(i, j) + spread * (n / total) * ((i === j ? 1 : 0) - m / total));
      });
    });
  }
  const watched = groups.map((_, i) => i).filter((i) => expected[i] > 0);
  const statistic = quadraticForm(
    watched.slice(1).map((i) => observed[i] - expected[i]),
    watched.slice(1),
    covariance,
  );
  const degrees = Math.max(0, watched.length - 1);
  return {
    statistic,
    degrees,
    p: degrees === 0 ? 1 : upperIncompleteGamma(degrees / 2, statistic / 2),
    observed,
    expected,
  };
}

function eventTimes(groups: readonly (readonly Duration[])[]): number[] {
  const events = groups.flat().filter(({ observed }) => observed);
  return [...new Set(events.map(({ time }) => time))].sort((a, b) => a - b);
}

function count(durations: readonly Duration[], which: (duration: Duration) => boolean): number {
  return durations.filter(which).length;
}

/** uᵀ V⁻¹ u; 0 where V vanishes, as it does when everybody's event comes at once. */
function quadraticForm(u: readonly number[], kept: readonly number[], covariance: Matrix): number {
  if (kept.every((i) => covariance.get(i, i) === 0)) return 0;
  const solution = solve(covariance.selection([...kept], [...kept]), Matrix.columnVector([...u]));
  return u.reduce((sum, entry, i) => sum + entry * solution.get(i, 0), 0);
}
