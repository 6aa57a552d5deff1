import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";

export function describeCommand(): Command {
  return createCommand("describe")
    .description("what a key of a configuration means: its range, its default, its source")
    .argument("<path>", "the path of a key, with or without the part's name in it; or any name")
    .addHelpText(
      "after",
      `
Examples:
  ringdown describe optimizer.rho
  ringdown describe optimizer.rmsprop.rho
  ringdown describe env.drift
  ringdown describe env.CartPole-v1.length
  ringdown describe tune.metric`,
    )
    .action(withExitCode((path: string, _: unknown, command: Command) => describe(path, command)));
}

async function describe(path: string, command: Command): Promise<ExitCode> {
  const { lookUp } = await import("../reference/look-up.js");
  await lookUp(command, path, "path");
  return exitCodes.done;
}
