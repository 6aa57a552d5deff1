import { availableParallelism, cpus } from "node:os";
import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addEngine } from "../options.js";
import { aligned, print, say } from "../output.js";

interface BenchOptions {
  readonly engine: string;
  readonly peers: boolean;
  readonly json: boolean;
}

export function benchCommand(): Command {
  return addEngine(createCommand("bench"))
    .description("time training steps side by side with the peers that are installed")
    .option("--no-peers", "leave the peers out")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText("after", "\nCompare the rows of one run only: machines are shared, and their speed drifts.")
    .action(withExitCode((options: BenchOptions) => bench(options)));
}

async function bench({ engine: wanted, peers, json }: BenchOptions): Promise<ExitCode> {
  const { resolveEngine } = await import("../../kernels/create.js");
  const { suite } = await import("../../bench/suite.js");
  const engine = resolveEngine(wanted);
  say(`timing on ${engine}${peers ? " and its peers" : ""}: a minute or two`);
  const rows = await suite(engine, peers);
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: availableParallelism(), node: process.versions.node };
  if (json) {
    print(JSON.stringify({ machine, rows }));
    return exitCodes.done;
  }
  print(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  for (const name of new Set(rows.map((row) => row.name))) {
    const [ours, ...others] = rows.filter((row) => row.name === name);
    print(`\n${name}`);
    const lines = [ours, ...others].map((row) => {
      const times = row.milliseconds / ours.milliseconds;
      const ratio = row === ours ? "" : `   ${times.toFixed(times < 2 ? 2 : 1)} times as long`;
      const rate = row.gflops === null ? "" : `   ${row.gflops.toFixed(1)} GFLOP/s`;
      const steps =
        row.stepsPerSecond === undefined ? "" : `   ${(row.stepsPerSecond / 1e6).toFixed(1)} million steps/s`;
      const what = row.variant === undefined ? row.engine : `${row.engine}, ${row.variant}`;
      return [`  ${what}`, `${row.milliseconds.toFixed(3)} ms${rate}${steps}${ratio}`] as const;
    });
    for (const line of aligned(lines)) print(line);
  }
  return exitCodes.done;
}
