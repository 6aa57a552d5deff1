import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";
import { helpOf } from "./help.js";

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
  const { catalogue } = await import("../reference/catalogue.js");
  const { answerKey, answerName, answerPath, unknown } = await import("../reference/answer.js");
  const kinds = await catalogue();
  const program = command.parent as Command;
  const found = [answerPath(path, kinds), answerName(path, kinds), helpOf(program, path), answerKey(path, kinds)].find(
    ({ length }) => length > 0,
  );
  if (found === undefined) throw unknown("describe", path, kinds, namesOfCommands(program));
  print(found.map((lines) => lines.join("\n")).join("\n\n"));
  return exitCodes.done;
}

const namesOfCommands = (program: Command) => program.commands.map((known) => known.name());
