import type { Command } from "commander";
import { conditions, summaryPaths } from "../../../reports/parts/general/measures.js";
import { summaryNumber } from "../../../reports/parts/select.js";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { compareBySeed, type MeansComparison, type SeedComparison } from "../../stats/index.js";
import { type Experiment, type Run, readStudy } from "../../study/read.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";

interface CompareOptions {
  readonly metric: string;
  readonly experiment?: string;
  readonly baseline?: string;
  readonly json: boolean;
}

/** A row of the table: a condition beside the baseline. */
type Row = SeedComparison & { readonly condition: string };

export function compareCommand(): Command {
  return createCommand("compare")
    .description("compare the conditions of a finished study with one of them, by seed")
    .argument("<dir>", "a study's results folder")
    .requiredOption(
      "--metric <path>",
      "a number of the runs' summaries, such as meanReturnLast100 (ringdown list metrics)",
    )
    .option("--experiment <name>", "which experiment, where there are several")
    .option("--baseline <condition>", "the condition to compare with (default: the first)")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      "\nExample:\n  ringdown compare results/my-study --metric meanReturnLast100 --baseline 'rho = 0.9'",
    )
    .action(withExitCode((directory: string, options: CompareOptions) => compare(directory, options)));
}

async function compare(directory: string, options: CompareOptions): Promise<ExitCode> {
  const study = await readStudy(directory);
  const experiment = choose("--experiment", options.experiment, study.experiments);
  const groups = Object.fromEntries(conditions(experiment).map(({ label, runs }) => [label, runs]));
  const metrics = summaryPaths(experiment.runs);
  if (!metrics.includes(options.metric)) {
    throw new InputError(`--metric: no number "${options.metric}" in the summaries${suggest(options.metric, metrics)}`);
  }
  const [first] = Object.keys(groups);
  const baseline = options.baseline ?? first;
  const reference = valuesBySeed(choose("--baseline", baseline, groups), options.metric);
  const rows = Object.entries(groups).map(
    ([condition, runs]): Row => ({
      condition,
      ...compareBySeed(valuesBySeed(runs, options.metric), condition === baseline ? null : reference),
    }),
  );
  if (options.json) {
    const flat = rows.map(({ comparison, ...row }) => ({ ...row, ...(comparison ?? { difference: null }) }));
    const { metric } = options;
    print(JSON.stringify({ study: study.name, experiment: experiment.name, metric, baseline, rows: flat }));
    return exitCodes.done;
  }
  print(`${options.metric} of ${study.name}/${experiment.name}; differences to "${baseline}" with 95 % intervals`);
  for (const line of lines(rows, baseline)) print(line);
  return exitCodes.done;
}

/** The named one; without a name the only one. */
function choose<T extends Experiment | readonly Run[]>(
  option: string,
  name: string | undefined,
  from: Readonly<Record<string, T>>,
): T {
  const names = Object.keys(from);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) throw new InputError(`${option}: expected one of ${names.join(", ")}`);
  if (Object.hasOwn(from, wanted)) return from[wanted];
  throw new InputError(`${option}: there is no "${wanted}"${suggest(wanted, names)}`);
}

/** Seed → value; runs whose value is null or not finite do not count. */
function valuesBySeed(runs: readonly Run[], metric: string): Map<number, number> {
  const pairs = runs.map((run) => [run.seed, summaryNumber(run, metric)] as const);
  return new Map(pairs.filter(([, value]) => Number.isFinite(value)));
}

function lines(rows: readonly Row[], baseline: string): string[] {
  const cells = rows.map(({ condition, seeds, mean: centre, comparison, probabilityOfImprovement: p }) => [
    condition,
    `n = ${seeds}`,
    digits(centre),
    ...(comparison === null
      ? [condition === baseline ? "baseline" : "shares no two seeds with the baseline"]
      : comparisonCells(comparison)),
    ...(p === null ? [] : [`P(larger) ${p.toFixed(2)}`]),
    ...(comparison === null ? [] : [verdict(comparison)]),
  ]);
  const widths = cells.reduce<number[]>((widest, line) => {
    line.forEach((cell, k) => {
      widest[k] = Math.max(widest[k] ?? 0, cell.length);
    });
    return widest;
  }, []);
  return cells.map((line) =>
    line
      .map((cell, k) => cell.padEnd(widths[k]))
      .join("  ")
      .trimEnd(),
  );
}

function comparisonCells({ difference, paired, correlation }: MeansComparison): string[] {
  const { estimate, low, high } = difference;
  const over = Number.isNaN(correlation) ? "" : `, r = ${correlation.toFixed(2)}`;
  return [`${digits(estimate)} [${digits(low)}, ${digits(high)}]`, `${paired ? "paired" : "Welch"}${over}`];
}

function verdict({ difference: { low, high }, detectable }: MeansComparison): string {
  if (low > 0) return "larger";
  if (high < 0) return "smaller";
  return `not distinguishable; could have seen ${digits(detectable)}`;
}

const digits = (value: number) => String(Number(value.toPrecision(5)));
