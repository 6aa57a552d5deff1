import type { Command } from "commander";
import { packageVersion } from "../config/package.js";
import { createCommand } from "./command.js";
import { benchCommand } from "./commands/bench.js";
import { compareCommand } from "./commands/compare.js";
import { completionCommand } from "./commands/completion.js";
import { describeCommand } from "./commands/describe.js";
import { doctorCommand } from "./commands/doctor.js";
import { evaluateCommand } from "./commands/evaluate.js";
import { explainCommand } from "./commands/explain.js";
import { exportCommand } from "./commands/export.js";
import { helpCommand } from "./commands/help.js";
import { initCommand } from "./commands/init.js";
import { labCommand } from "./commands/lab.js";
import { listCommand } from "./commands/list.js";
import { mergeCommand } from "./commands/merge.js";
import { playCommand } from "./commands/play.js";
import { renderCommand } from "./commands/render.js";
import { reportCommand } from "./commands/report.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { statusCommand } from "./commands/status.js";
import { trainCommand } from "./commands/train.js";
import { verifyCommand } from "./commands/verify.js";
import { workerCommand } from "./commands/worker.js";

/** The command line: one command a file. */
export function createProgram(): Command {
  const program = createCommand("ringdown")
    .description("How does an optimizer behave when the ground under it moves? Seeded runs, PNG reports.")
    .version(
      `ringdown ${packageVersion}`,
      "-V, --version",
      "the versions of ringdown and Node, the engine, the platform",
    )
    .addHelpText(
      "after",
      `
Examples:
  ringdown run cycling damping adaptation --quick      the three studies and their reports, in minutes
  ringdown run my-study.yaml --jobs 2 --set experiments.first.config.steps=500
  ringdown train --env CartPole-v1 --agent a2c --optimizer rmsprop --steps 100000
  ringdown play bilinear --optimizer adam --order alternating

Exit codes: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted.`,
    );
  program.helpCommand(false);
  const commands = [
    initCommand,
    runCommand,
    explainCommand,
    reportCommand,
    verifyCommand,
    mergeCommand,
    statusCommand,
    workerCommand,
    compareCommand,
    exportCommand,
    trainCommand,
    evaluateCommand,
    renderCommand,
    playCommand,
    listCommand,
    describeCommand,
    benchCommand,
    doctorCommand,
    labCommand,
    helpCommand,
    completionCommand,
    schemaCommand,
  ];
  for (const create of commands) program.addCommand(create());
  return program;
}
