import { InputError } from "../../config/input-error.js";
import { print } from "../output.js";
import { createProgram } from "../program.js";
import { complete } from "./complete.js";

/** The word with which a shell's script asks, in place of a command. */
export const completionRequest = "__complete";

/**
 * Answers a shell: a line that says which paths it is to add (none, files, folders), then a word a line, with a tab and
 * what it is. To a line that is wrong already it answers with nothing.
 *
 * @param words after `ringdown`, the one at the cursor last
 */
export async function answer(words: readonly string[]): Promise<void> {
  try {
    const found = await complete(createProgram(), words);
    print(found.paths);
    for (const [word, about] of found.words) print(`${word}\t${about}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    print("none");
  }
}
