import { compareBySeed, holm, type SeedComparison } from "../../../src/stats/index.js";
import { hasDiverged, summaryNumber } from "../select.js";
import type { ConditionRuns } from "./measures.js";

/** The level at which a difference is told, after Holm's correction. */
export const level = 0.05;

/** What a comparison finds of a condition's number beside the baseline's. */
export type Found = "larger" | "smaller" | "the same" | "not distinguishable";

/** A condition beside the baseline. */
export interface ConditionComparison extends SeedComparison {
  readonly label: string;
  /** How many seeds it shares with the baseline. */
  readonly shared: number;
  /** Whether no seed changes the number, in neither condition: then its difference is exact, and chance has no say. */
  readonly exact: boolean;
  /** p by Holm's correction over the comparisons that are not exact; null where there is none. */
  readonly adjusted: number | null;
  /** Null for the baseline, and where the two share fewer than two seeds. */
  readonly found: Found | null;
}

/** Conditions beside one of them. */
export interface Comparison {
  /** a number of the runs' summaries, by its path */
  readonly metric: string;
  readonly baseline: string;
  /** of every condition, the baseline among them */
  readonly rows: readonly ConditionComparison[];
  /** over how many comparisons Holm's correction goes */
  readonly family: number;
  /** how many of the runs diverged; those without a number are left out */
  readonly diverged: number;
}

/**
 * Every condition compared with one of them by a number of the summaries: differences over the seeds that both have, see
 * {@link compareBySeed}, with Holm's correction over all of them.
 */
export function compareConditions(groups: readonly ConditionRuns[], metric: string, baseline: string): Comparison {
  const values = groups.map(({ label, runs }) => ({ label, values: valuesBySeed(runs, metric) }));
  const reference = values.find(({ label }) => label === baseline)?.values ?? new Map<number, number>();
  const compared = values.map(({ label, values: own }) => ({
    label,
    shared: [...own.keys()].filter((seed) => reference.has(seed)).length,
    exact: isConstant(own) && isConstant(reference),
    ...compareBySeed(own, label === baseline ? null : reference),
  }));
  const tested = compared.flatMap((one) => (one.comparison === null || one.exact ? [] : [one]));
  const adjusted = holm(tested.map(({ comparison }) => comparison?.p ?? 1));
  const rows = compared.map((one) => {
    const p = tested.includes(one) ? adjusted[tested.indexOf(one)] : null;
    return { ...one, adjusted: p, found: foundOf(one, p) };
  });
  const diverged = groups.flatMap(({ runs }) => runs).filter(hasDiverged).length;
  return { metric, baseline, rows, family: tested.length, diverged };
}

function foundOf({ comparison, mean }: SeedComparison, adjusted: number | null): Found | null {
  if (comparison === null) return null;
  const { estimate } = comparison.difference;
  if (adjusted === null && Math.abs(estimate) <= rounding * Math.abs(mean)) return "the same";
  if (adjusted !== null && adjusted > level) return "not distinguishable";
  return estimate > 0 ? "larger" : "smaller";
}

/** What arithmetic alone leaves between numbers that are the same. */
const rounding = 1e-9;

function isConstant(values: ReadonlyMap<number, number>): boolean {
  const all = [...values.values()];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return high - low <= rounding * Math.max(Math.abs(low), Math.abs(high));
}

/** Seed → value; runs whose value is null or not finite do not count. */
function valuesBySeed(runs: ConditionRuns["runs"], metric: string): Map<number, number> {
  const pairs = runs.map((run) => [run.seed, summaryNumber(run, metric)] as const);
  return new Map(pairs.filter(([, value]) => Number.isFinite(value)));
}
