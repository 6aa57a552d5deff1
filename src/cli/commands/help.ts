import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";
import type { Answer } from "../reference/answer.js";

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
  const program = command.parent as Command;
  if (name === undefined) {
    program.outputHelp();
    return exitCodes.done;
  }
  const { catalogue } = await import("../reference/catalogue.js");
  const { answerKey, answerName, answerPath, unknown } = await import("../reference/answer.js");
  const kinds = await catalogue();
  const own = [...helpOf(program, name), ...answerName(name, kinds)];
  const found = [own, answerPath(name, kinds), answerKey(name, kinds)].find(({ length }) => length > 0);
  if (found === undefined) {
    const commands = program.commands.map((known) => known.name());
    throw unknown("help", name, kinds, commands);
  }
  print(found.map((lines) => lines.join("\n")).join("\n\n"));
  return exitCodes.done;
}

/** The help of a command of this name, with its examples; nothing where there is none. */
export function helpOf(program: Command, name: string): Answer {
  const command = program.commands.find((known) => known.name() === name);
  if (command === undefined) return [];
  let text = "";
  const { writeOut, ...output } = command.configureOutput();
  command.configureOutput({ ...output, writeOut: (part) => (text += part) });
  command.outputHelp();
  command.configureOutput({ ...output, writeOut });
  return [text.trimEnd().split("\n")];
}
