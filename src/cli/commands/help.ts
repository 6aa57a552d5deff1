import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";

export function helpCommand(): Command {
  return createCommand("help")
    .description("what anything is: a command, an optimizer, a game, an environment, a metric, a key …")
    .argument(
      "[name]",
      "whatever ringdown list lists, a command, or a key of a configuration; all commands when left out",
    )
    .addHelpText(
      "after",
      `
Examples:
  ringdown help train
  ringdown help rmsprop
  ringdown help CartPole-v1
  ringdown help meanReturnLast100`,
    )
    .action(withExitCode((name: string | undefined, _: unknown, command: Command) => help(name, command)));
}

async function help(name: string | undefined, command: Command): Promise<ExitCode> {
  if (name === undefined) command.parent?.outputHelp();
  else {
    const { lookUp } = await import("../reference/look-up.js");
    await lookUp(command, name, "name");
  }
  return exitCodes.done;
}
