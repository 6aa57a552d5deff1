import { compareBySeed, holm } from "../../../src/stats/index.js";
import type { Experiment } from "../../../src/study/read.js";
import type { Table } from "../findings.js";
import { intervalText } from "../interval.js";
import { hasDiverged, summaryNumber } from "../select.js";
import { listText, number } from "../text.js";
import { type ConditionRuns, summaryPaths, varyingPaths } from "./measures.js";

const level = 0.05;

/**
 * The conditions compared with the first one by one number of the summaries: a sentence with what is found, and a table.
 * The number is what tuning sought, else `meanReturnLast100`, else the first that differs between runs. Differences are
 * Student's of pairs or Welch's, see {@link compareBySeed}; Holm's correction is over the experiment's comparisons.
 * Nothing where there is one condition, or where no two seeds are shared.
 */
export function comparisons({ tuning }: Experiment, groups: readonly ConditionRuns[]): (string | Table)[] {
  const [baseline, ...others] = groups;
  const varying = varyingPaths(
    groups.flatMap(({ runs }) => runs),
    summaryPaths(groups.flatMap(({ runs }) => runs)),
  );
  const metric = [tuning?.metric, "meanReturnLast100", ...varying].find((path) => varying.includes(path ?? ""));
  if (metric === undefined) return [];
  const reference = valuesBySeed(baseline, metric);
  const compared = others.flatMap(({ label, runs }) => {
    const values = valuesBySeed({ label, runs }, metric);
    const { comparison } = compareBySeed(values, reference);
    const shared = [...values.keys()].filter((seed) => reference.has(seed)).length;
    return comparison === null ? [] : [{ label, shared, ...comparison }];
  });
  if (compared.length === 0) return [];
  const adjusted = holm(compared.map(({ p }) => p));
  const rows = compared.map((one, k) => ({
    ...one,
    adjusted: adjusted[k],
    found: foundOf(one.difference, adjusted[k]),
  }));
  const named = (found: Found) => rows.filter((row) => row.found === found).map(({ label }) => `*${label}*`);
  const told = (["larger", "smaller"] as const)
    .filter((found) => named(found).length > 0)
    .map((found) => `${found} under ${listText(named(found))}`);
  const untold = rows.filter(({ found }) => found === "not distinguishable");
  const lost = groups.flatMap(({ runs }) => runs).filter(hasDiverged).length;
  return [
    [
      `\`${metric}\` beside *${baseline.label}*: ${[...told, ...(untold.length === 0 ? [] : [`not distinguishable under ${listText(untold.map(({ label }) => `*${label}*`))}`])].join("; ")}.`,
      `Told at 5 % after Holm's correction over ${rows.length} ${rows.length === 1 ? "comparison" : "comparisons"}; intervals are of one comparison alone, detectable is the difference that four of five such experiments would tell, without correction.`,
      ...(lost === 0 ? [] : [`${lost} of the runs diverged; those without a number are left out.`]),
    ].join(" "),
    {
      header: ["condition", "shared seeds", "difference [95 %]", "test", "p (Holm)", "detectable", "found"],
      rows: rows.map(({ label, shared, difference, paired, adjusted, detectable, found }) => [
        label,
        String(shared),
        intervalText(difference, 3),
        paired ? "pairs of seeds" : "Welch",
        number(adjusted, 2),
        number(detectable, 2),
        found,
      ]),
    },
  ];
}

type Found = "larger" | "smaller" | "not distinguishable";

function foundOf({ estimate }: { readonly estimate: number }, p: number): Found {
  return p > level ? "not distinguishable" : estimate > 0 ? "larger" : "smaller";
}

/** Seed → value, where it is a number. */
function valuesBySeed({ runs }: ConditionRuns, metric: string): Map<number, number> {
  const pairs = runs.map((run) => [run.seed, summaryNumber(run, metric)] as const);
  return new Map(pairs.filter(([, value]) => Number.isFinite(value)));
}
