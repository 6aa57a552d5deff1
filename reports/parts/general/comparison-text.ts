import type { Table, Verdict } from "../findings.js";
import { intervalText } from "../interval.js";
import { listText, number, seedsText } from "../text.js";
import type { Comparison, ConditionComparison, Found } from "./comparison.js";

/** A condition that has been compared. */
type Compared = ConditionComparison & {
  readonly comparison: NonNullable<ConditionComparison["comparison"]>;
  readonly found: Found;
};

/** The conditions of a comparison that share seeds with its baseline. */
export function comparedOf({ rows }: Comparison): Compared[] {
  return rows.filter((row): row is Compared => row.comparison !== null && row.found !== null);
}

/** As many conditions as a sentence names. */
const mostNamed = 4;

/** `larger under Adam and SGD; not distinguishable under 5 of 9 conditions`. */
export function foundText(rows: readonly Compared[], name = (label: string) => label): string {
  const kinds = (["larger", "smaller", "the same", "not distinguishable"] as const).map((found) => {
    const own = rows.filter((row) => row.found === found).map(({ label }) => name(label));
    if (own.length === 0) return [];
    if (own.length > 1 && own.length === rows.length)
      return [`${found} under ${found === "not distinguishable" ? "any" : "each"} of ${own.length} conditions`];
    return [`${found} under ${own.length > mostNamed ? `${own.length} of ${rows.length} conditions` : listText(own)}`];
  });
  return kinds.flat().join("; ");
}

/**
 * Whether conditions differ from the first, with the numbers that decide.
 *
 * @param experiment its name
 * @param caution further sentences on what the answer depends on
 */
export function comparisonVerdict(experiment: string, comparison: Comparison, caution: readonly string[]): Verdict {
  const { metric, baseline, family } = comparison;
  const rows = comparedOf(comparison);
  const differing = rows.filter(({ found }) => found === "larger" || found === "smaller").length;
  const same = rows.filter(({ found }) => found === "the same").length;
  const none = same === rows.length ? "false" : "not distinguishable";
  const numbers = rows.length > mostNamed ? [] : rows.map(numbersText);
  const seeds = Math.min(...rows.map(({ shared }) => shared));
  return {
    claim: `${experiment}: conditions differ from *${baseline}* in \`${metric}\`.`,
    verdict: differing === 0 ? none : differing === rows.length ? "true" : "depends",
    because: [
      `${sentence(numbers.length > 0 ? numbers.join("; ") : foundText(rows, italic))}.`,
      family === 0
        ? `No seed changes the number (n = ${seeds}): the differences are exact.`
        : `${seedsText(seeds)}; told at 5 % after Holm's correction over ${family} ${family === 1 ? "comparison" : "comparisons"}.`,
      ...caution,
    ].join(" "),
  };
}

const italic = (label: string) => `*${label}*`;
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `larger under *Adam* by 3.1 [2, 4.2] (p = 0.01)`. */
function numbersText({ label, found, exact, adjusted, comparison: { difference, detectable } }: Compared): string {
  if (found === "the same") return `the same under ${italic(label)}`;
  if (found === "not distinguishable")
    return `not distinguishable under ${italic(label)}: ${intervalText(difference, 3)} (p = ${number(adjusted, 2)}), where ${number(detectable, 2)} could have been told`;
  const by = exact ? number(difference.estimate, 3) : `${intervalText(difference, 3)} (p = ${number(adjusted, 2)})`;
  return `${found} under ${italic(label)}: ${by}`;
}

/** How the numbers of {@link comparisonTable} are meant. */
export function comparisonNote({ metric, baseline, family, diverged }: Comparison): string {
  return [
    `\`${metric}\` less that of *${baseline}*, over the seeds that both have.`,
    ...(family === 0
      ? []
      : [
          "Intervals are of one comparison alone; detectable is the true difference that four of five such experiments would tell, without correction.",
        ]),
    ...(diverged === 0 ? [] : [`${diverged} of the runs diverged; those without a number are left out.`]),
  ].join(" ");
}

/** A row for each condition but the baseline. */
export function comparisonTable(comparison: Comparison): Table {
  return {
    header: ["condition", "shared seeds", "difference [95 %]", "test", "p (Holm)", "detectable", "found"],
    rows: comparedOf(comparison).map(({ label, shared, exact, adjusted, found, comparison: one }) => [
      label,
      String(shared),
      exact ? number(one.difference.estimate, 3) : intervalText(one.difference, 3),
      exact ? "exact" : one.paired ? "pairs of seeds" : "Welch",
      number(adjusted, 2),
      exact ? "—" : number(one.detectable, 2),
      found,
    ]),
  };
}
