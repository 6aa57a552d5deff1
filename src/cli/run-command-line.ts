import { CommanderError } from "commander";
import { InputError } from "../config/input-error.js";
import { isHelp } from "./command.js";
import { answer, completionRequest } from "./completion/answer.js";
import { exitCodes } from "./exit-codes.js";
import { complain, print, say } from "./output.js";
import { createProgram } from "./program.js";

/**
 * Does what the words after `ringdown` say and sets the process's exit code. Wrong input is reported in one line, a
 * defect of the program with its stack.
 */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  try {
    if (words[0] === completionRequest) await answer(words.slice(1));
    else await createProgram().parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = await explain(error);
  }
}

async function explain(error: unknown): Promise<number> {
  if (error instanceof InputError) {
    complain(error.message);
    return exitCodes.input;
  }
  if (error instanceof CommanderError && isHelp(error)) {
    if (error.code === "commander.version") for (const line of await versionDetails()) print(line);
    // Asked for, help is a result; shown because the command is missing, it reports wrong input.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.input;
  }
  complain(`this is a defect: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Error && error.stack !== undefined) say(error.stack);
  return exitCodes.failed;
}

/** Asked for more seldom than any command is run: what finds engines is loaded when it is. */
async function versionDetails(): Promise<string[]> {
  return (await import("./version-details.js")).versionDetails();
}
