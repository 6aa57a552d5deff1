import { Command, type CommanderError } from "commander";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { ExitCode } from "./exit-codes.js";

/**
 * A command whose mistakes of usage are {@link InputError}s, one line each with the nearest valid name, instead of
 * commander's own printing and exiting.
 */
export function createCommand(name: string): Command {
  const command = new Command(name);
  command.configureOutput({ outputError: () => {} });
  command.showSuggestionAfterError(false);
  command.exitOverride((error) => {
    throw isHelp(error) ? error : usageError(error, command);
  });
  return command;
}

/** Whether commander stopped because it printed what was asked for: help or the version. */
export function isHelp({ code }: CommanderError): boolean {
  return code === "commander.helpDisplayed" || code === "commander.help" || code === "commander.version";
}

function usageError({ code, message }: CommanderError, command: Command): InputError {
  if (code === "commander.unknownCommand") {
    const [wrong] = command.args;
    const names = command.commands.map((known) => known.name());
    return new InputError(`unknown command "${wrong}"${suggest(wrong, names)}`);
  }
  if (code === "commander.unknownOption") {
    const wrong = command.args.find(isOption) ?? "";
    const options = command
      .createHelp()
      .visibleOptions(command)
      .map(({ long, short }) => long ?? short ?? "");
    return new InputError(`${command.name()}: unknown option "${wrong}"${suggest(wrong, options)}`);
  }
  const help = `see ringdown ${command.parent === null ? "" : `${command.name()} `}--help`;
  return new InputError(`${command.name()}: ${message.replace(/^error: /, "").replace(/\.$/, "")}; ${help}`);
}

/** Whether a word that is left over is an option: commander keeps the known ones with their values elsewhere. */
function isOption(word: string): boolean {
  return /^--?[a-z]/i.test(word);
}

/** Keeps what an action returns as the process's exit code. */
export function withExitCode<A extends unknown[]>(
  action: (...inputs: A) => Promise<ExitCode>,
): (...inputs: A) => Promise<void> {
  return async (...inputs) => {
    process.exitCode = await action(...inputs);
  };
}
