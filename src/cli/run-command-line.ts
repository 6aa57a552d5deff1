import { CommanderError } from "commander";
import { InputError } from "../config/input-error.js";
import { isHelp } from "./command.js";
import { answer, completionRequest } from "./completion/answer.js";
import { exitCodes } from "./exit-codes.js";
import { complain, say } from "./output.js";
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
    process.exitCode = explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof InputError) {
    complain(error.message);
    return exitCodes.input;
  }
  if (error instanceof CommanderError && isHelp(error)) {
    // Asked for, help is a result; shown because the command is missing, it reports wrong input.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.input;
  }
  complain(`this is a defect: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Error && error.stack !== undefined) say(error.stack);
  return exitCodes.failed;
}
