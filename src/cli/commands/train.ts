import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addEngine, addOut, addSet, folderPath, integer } from "../options.js";
import { aligned, complain, print, settings } from "../output.js";
import { shorten } from "../paths.js";
import { runSingle, type SingleRunOptions } from "../single-run.js";

interface TrainOptions extends SingleRunOptions {
  readonly env: string;
  readonly agent?: string;
  readonly optimizer?: string;
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume: boolean;
}

/** Environment steps between two checkpoints, where the user does not say. */
const defaultInterval = 100_000;

export function trainCommand(): Command {
  const command = createCommand("train")
    .description("train one agent on one environment")
    .requiredOption("--env <id>", "the environment (ringdown list envs)")
    .option("--agent <name>", "the agent (ringdown list agents)")
    .option("--optimizer <name>", "the optimizer (ringdown list optimizers)")
    .option("--seed <n>", "the run's seed", integer("--seed", 0), 1)
    .option("--steps <n>", "environment steps", integer("--steps", 1));
  addSet(command, "optimizer.rho=0.99", "rl");
  addEngine(command);
  addOut(command, "store the run in a folder of this one; nothing is written without it");
  return command
    .option(
      "--checkpoint <dir>",
      "keep the training in this folder: at intervals, when stopped, at the end",
      folderPath("--checkpoint"),
    )
    .option(
      "--checkpoint-every <steps>",
      `environment steps between two checkpoints (default: ${defaultInterval})`,
      integer("--checkpoint-every", 1),
    )
    .option("--resume", "go on from the checkpoint, to the same bits as a training that never stopped", false)
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      `
Examples:
  ringdown train --env CartPole-v1 --agent a2c --optimizer rmsprop --seed 1 --steps 500000
  ringdown train --env CartPole-v1 --set optimizer.lr=0.002 --set network.hidden=[32,32] --json
  ringdown train --env CartPole-v1 --agent ppo --checkpoint cartpole             # Ctrl-C stops it
  ringdown train --env CartPole-v1 --agent ppo --checkpoint cartpole --resume    # the same command goes on
  ringdown evaluate cartpole --episodes 20`,
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
  const { task, step } = await taskFor(options);
  const { Interruption } = await import("../checkpointed-task.js");
  const finished = await runSingle("train", task, input, options, step).catch((error) => {
    if (error instanceof Interruption) return error;
    throw error;
  });
  if (finished instanceof Interruption) {
    const place = shorten(options.checkpoint as string);
    complain(`${finished.message}; kept in ${place}, the same command with --resume goes on`);
    return exitCodes.interrupted;
  }
  const { config, engine, outcome, summary, parametersSha256, stepsPerSecond } = finished;
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

/** The task as the options want it: with checkpoints or without; and the step at which it begins. */
async function taskFor({ checkpoint: folder, checkpointEvery, resume }: TrainOptions) {
  const { rlTask } = await import("../../../agents/task.js");
  if (folder === undefined) {
    for (const [option, given] of [
      ["--checkpoint-every", checkpointEvery !== undefined],
      ["--resume", resume],
    ] as const) {
      if (given) throw new InputError(`${option}: expected --checkpoint, the folder of the training; found none`);
    }
    return { task: rlTask, step: 0 };
  }
  const { ensureWritable } = await import("../../study/files.js");
  const { hasCheckpoint, readCheckpoint } = await import("../../study/checkpoint-file.js");
  const { checkpointedTask } = await import("../checkpointed-task.js");
  if (!resume && (await hasCheckpoint(folder))) {
    throw new InputError(
      `--checkpoint: ${folder} holds a training already; --resume goes on with it, another folder begins anew`,
    );
  }
  const from = resume ? await readCheckpoint(folder) : undefined;
  await ensureWritable(folder);
  return { task: checkpointedTask({ folder, every: checkpointEvery ?? defaultInterval, from }), step: from?.step ?? 0 };
}
