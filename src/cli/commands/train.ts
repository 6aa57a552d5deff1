import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addEngine, addOut, addSet, integer } from "../options.js";
import { aligned, print, settings } from "../output.js";
import { runSingle, type SingleRunOptions } from "../single-run.js";

interface TrainOptions extends SingleRunOptions {
  readonly env: string;
  readonly agent?: string;
  readonly optimizer?: string;
}

export function trainCommand(): Command {
  const command = createCommand("train")
    .description("train one agent on one environment")
    .requiredOption("--env <id>", "the environment (ringdown list envs)")
    .option("--agent <name>", "the agent (ringdown list agents)")
    .option("--optimizer <name>", "the optimizer (ringdown list optimizers)")
    .option("--seed <n>", "the run's seed", integer("--seed", 0), 1)
    .option("--steps <n>", "environment steps", integer("--steps", 1));
  addSet(command, "optimizer.rho=0.99");
  addEngine(command);
  addOut(command, "store the run in a folder of this one; nothing is written without it");
  return command
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      `
Examples:
  ringdown train --env CartPole-v1 --agent a2c --optimizer rmsprop --seed 1 --steps 500000
  ringdown train --env CartPole-v1 --set optimizer.lr=0.002 --set network.hidden=[32,32] --json`,
    )
    .action(withExitCode((options: TrainOptions) => train(options)));
}

async function train(options: TrainOptions): Promise<ExitCode> {
  const { env, agent, optimizer, seed } = options;
  const input = {
    env: { id: env },
    ...(agent === undefined ? {} : { agent: { name: agent } }),
    ...(optimizer === undefined ? {} : { optimizer: { name: optimizer } }),
  };
  const { rlTask } = await import("../../../agents/task.js");
  const { config, engine, outcome, summary, parametersSha256, stepsPerSecond } = await runSingle(
    "train",
    rlTask,
    input,
    options,
  );
  const result = {
    env: config.env.id,
    agent: config.agent.name,
    optimizer: config.optimizer.name,
    seed,
    steps: summary.steps,
    episodes: summary.episodes,
    meanReturnLast100: summary.meanReturnLast100,
    stepsPerSecond,
    engine,
    outcome: outcome.kind,
    ...(outcome.kind === "diverged" ? { divergence: { step: outcome.step, reason: outcome.reason } } : {}),
    parametersSha256,
  };
  if (options.json) {
    print(JSON.stringify(result));
    return exitCodes.done;
  }
  const { divergence, ...head } = result;
  for (const line of aligned(settings(head, divergence))) print(line);
  return exitCodes.done;
}
