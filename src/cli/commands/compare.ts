import { extname } from "node:path";
import type { Command } from "commander";
import {
  type Comparison,
  type ConditionComparison,
  compareConditions,
} from "../../../reports/parts/general/comparison.js";
import { type ConditionRuns, summaryPaths } from "../../../reports/parts/general/measures.js";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import type { MeansComparison } from "../../stats/index.js";
import { coloured } from "../colours.js";
import { createCommand, withExitCode } from "../command.js";
import { type Compared, choose, readConditions } from "../conditions.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";
import { shorten } from "../paths.js";

interface CompareOptions {
  readonly metric: string;
  readonly experiment?: string;
  readonly baseline?: string;
  readonly figure?: string;
  readonly json: boolean;
}

export function compareCommand(): Command {
  return createCommand("compare")
    .description("compare the conditions of finished studies with one of them, by seed")
    .argument("<dir...>", "studies' results folders; of several, conditions are named `<study>: <condition>`")
    .requiredOption(
      "--metric <path>",
      "a number of the runs' summaries, such as meanReturnLast100 (ringdown list metrics)",
    )
    .option("--experiment <name>", "which experiment, where a study has several")
    .option("--baseline <condition>", "the condition to compare with (default: the first)")
    .option("--figure <file>", "draw the differences with their intervals, into a .png or .pdf", figurePath)
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      `
Examples:
  ringdown compare results/my-study --metric meanReturnLast100 --baseline 'rho = 0.9'
  ringdown compare results/before results/after --metric measured.radius --figure radius.png`,
    )
    .action(withExitCode((directories: string[], options: CompareOptions) => compare(directories, options)));
}

async function compare(directories: readonly string[], options: CompareOptions): Promise<ExitCode> {
  const compared = await readConditions(directories, options.experiment);
  const { metric, figure } = options;
  for (const { directory, groups } of compared) checkMetric(metric, directory, groups);
  const groups = Object.fromEntries(compared.flatMap(({ groups }) => groups).map((group) => [group.label, group]));
  const baseline = options.baseline ?? Object.keys(groups)[0];
  choose("--baseline", baseline, groups);
  const comparison = compareConditions(Object.values(groups), metric, baseline);
  const about = compared.map(({ study, experiment }) => `${study}/${experiment}`).join(" and ");
  if (figure !== undefined) await draw(figure, about, comparison);
  if (options.json) {
    print(JSON.stringify(asJson(compared, comparison, figure)));
    return exitCodes.done;
  }
  print(`${metric} of ${about}; differences to "${baseline}" with 95 % intervals`);
  for (const line of lines(comparison)) print(line);
  if (figure !== undefined) print(shorten(figure));
  return exitCodes.done;
}

function figurePath(file: string): string {
  if ([".png", ".pdf"].includes(extname(file))) return file;
  throw new InputError(`--figure: expected the path of a .png or .pdf, found "${file}"`);
}

function checkMetric(metric: string, directory: string, groups: readonly ConditionRuns[]): void {
  const metrics = summaryPaths(groups.flatMap(({ runs }) => runs));
  if (metrics.includes(metric)) return;
  throw new InputError(`--metric: no number "${metric}" in the summaries of ${directory}${suggest(metric, metrics)}`);
}

async function draw(file: string, about: string, comparison: Comparison): Promise<void> {
  if (comparison.rows.every(({ found }) => found === null)) {
    throw new InputError(
      `--figure: no condition shares two seeds with "${comparison.baseline}"; there is nothing to draw`,
    );
  }
  const { loadReports } = await import("../registry.js");
  const { drawDifferences } = await loadReports();
  await drawDifferences(file, about, comparison);
}

function asJson(compared: readonly Compared[], { metric, baseline, rows }: Comparison, figure: string | undefined) {
  const [study, experiment] = (["study", "experiment"] as const).map((field) => {
    const names = compared.map((one) => one[field]);
    return names.length === 1 ? names[0] : names;
  });
  const flat = rows.map(
    ({ label, comparison, probabilityOfImprovement, seeds, mean, shared, exact, adjusted, found }) => ({
      condition: label,
      ...{ seeds, mean, shared, exact },
      ...(comparison ?? { difference: null }),
      ...{ adjusted, found, probabilityOfImprovement },
    }),
  );
  return { study, experiment, metric, baseline, rows: flat, ...(figure === undefined ? {} : { figure }) };
}

/** A line a condition, in columns. */
function lines({ rows, baseline }: Comparison): string[] {
  const cells = rows.map((row) => [
    row.label,
    `n = ${row.seeds}`,
    digits(row.mean),
    ...(row.comparison === null
      ? [row.label === baseline ? "baseline" : "shares no two seeds with the baseline"]
      : comparedCells(row, row.comparison)),
  ]);
  const columns = Math.max(...cells.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, k) => Math.max(...cells.map((line) => line[k]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, k) => cell.padEnd(widths[k]))
      .join("  ")
      .trimEnd(),
  );
}

function comparedCells(row: ConditionComparison, { difference, paired, correlation, detectable }: MeansComparison) {
  const { exact, adjusted, found, probabilityOfImprovement: improvement } = row;
  const { estimate, low, high } = difference;
  const over = Number.isNaN(correlation) ? "" : `, r = ${correlation.toFixed(2)}`;
  return [
    exact ? digits(estimate) : `${digits(estimate)} [${digits(low)}, ${digits(high)}]`,
    exact ? "exact" : `${paired ? "paired" : "Welch"}${over}`,
    `P(larger) ${improvement?.toFixed(2)}`,
    adjusted === null ? "" : `p = ${Number(adjusted.toPrecision(2))} (Holm)`,
    found === "not distinguishable"
      ? `${coloured("open", found)}; could have seen ${digits(detectable)}`
      : coloured("told", `${found}`),
  ];
}

const digits = (value: number) => String(Number(value.toPrecision(5)));
