import { availableParallelism, cpus } from "node:os";
import type { Command } from "commander";
import type { Row } from "../../bench/measure.js";
import type { Section } from "../../bench/suite.js";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addEngine } from "../options.js";
import { aligned, print, say } from "../output.js";

interface BenchOptions {
  readonly engine: string;
  readonly peers: boolean;
  readonly only?: string;
  readonly json: boolean;
}

export function benchCommand(): Command {
  return addEngine(createCommand("bench"))
    .description("time kernels, training steps, optimizers and environments, beside the peers that are installed")
    .option("--only <sections>", "some sections, separated by commas")
    .option("--no-peers", "leave the peers out")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      "\nWith --engine auto all engines that are there are timed. Compare the rows of one run only: machines are shared,\nand their speed drifts.",
    )
    .action(withExitCode((options: BenchOptions) => bench(options)));
}

async function bench({ engine: wanted, peers, only, json }: BenchOptions): Promise<ExitCode> {
  const { resolveEngine } = await import("../../kernels/create.js");
  const { sections, suite } = await import("../../bench/suite.js");
  const chosen = only === undefined ? sections : only.split(",").map(toSection);

  function toSection(name: string): Section {
    const section = sections.find((known) => known === name);
    if (section === undefined) throw new InputError(`--only: unknown section "${name}"${suggest(name, sections)}`);
    return section;
  }
  const resolved = resolveEngine(wanted);
  const engines = wanted === "auto" && resolved !== "wasm" ? ["wasm", resolved] : [resolved];
  say(
    `timing on ${engines.join(" and ")}${peers ? " and the peers" : ""}: ${only === undefined ? "four minutes" : "a while"}`,
  );
  const rows = await suite(engines, peers, chosen);
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: availableParallelism(), node: process.versions.node };
  if (json) {
    print(JSON.stringify({ machine, rows }));
    return exitCodes.done;
  }
  print(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  for (const name of new Set(rows.map((row) => row.name))) {
    print(`\n${name}`);
    const [first, ...others] = rows.filter((row) => row.name === name);
    for (const line of aligned([first, ...others].map((row) => lineOf(row, first)))) print(line);
  }
  return exitCodes.done;
}

/** What a row says, its ratio to the first of its name before all else. */
function lineOf(row: Row, first: Row): readonly [string, string] {
  const times = row.milliseconds / first.milliseconds;
  const parts = [
    row === first
      ? ""
      : times < 1
        ? `${(1 / times).toFixed(2)} times as fast`
        : `${times.toFixed(times < 2 ? 2 : 1)} times as long`,
    `${row.milliseconds.toPrecision(3)} ms`,
    row.gflops === null ? "" : `${row.gflops.toFixed(1)} GFLOP/s`,
    row.shareOfPeak === null ? "" : `${(100 * row.shareOfPeak).toFixed(0)} % of the peak`,
    row.stepsPerSecond === undefined ? "" : speed(row.stepsPerSecond),
    row.nanosecondsPerElement === undefined ? "" : `${row.nanosecondsPerElement.toFixed(2)} ns an element`,
    row.megabytes === undefined ? "" : `${row.megabytes.toFixed(0)} MB at most`,
  ];
  const what = row.variant === undefined ? row.engine : `${row.engine}, ${row.variant}`;
  return [`  ${what}`, parts.filter((part) => part !== "").join("   ")];
}

function speed(stepsPerSecond: number): string {
  if (stepsPerSecond >= 1e6) return `${(stepsPerSecond / 1e6).toFixed(1)} million steps/s`;
  return `${Math.round(stepsPerSecond / 1e3)} thousand steps/s`;
}
