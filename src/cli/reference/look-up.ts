import type { Command } from "commander";
import { print } from "../output.js";
import { type Answer, answerKey, answerName, answerPath, unknown } from "./answer.js";
import { catalogue } from "./catalogue.js";

/**
 * Prints what a word means.
 *
 * @param asking the command that asks, first in its error
 * @param first what is meant where a word is both a name and the path of a key
 * @throws InputError where it means nothing, with the nearest word that does
 */
export async function lookUp(asking: Command, word: string, first: "name" | "path"): Promise<void> {
  const program = asking.parent as Command;
  const kinds = await catalogue();
  const name = () => [...helpOf(program, word), ...answerName(word, kinds)];
  const path = () => answerPath(word, kinds);
  const key = () => answerKey(word, kinds);
  for (const answer of first === "name" ? [name, path, key] : [path, name, key]) {
    const found = answer();
    if (found.length === 0) continue;
    print(found.map((lines) => lines.join("\n")).join("\n\n"));
    return;
  }
  const commands = program.commands.map((known) => known.name());
  throw unknown(asking.name(), word, kinds, commands);
}

/** The help of a command of this name, with its examples; nothing where there is none. */
function helpOf(program: Command, name: string): Answer {
  const command = program.commands.find((known) => known.name() === name);
  return command === undefined ? [] : [wholeHelp(command).trimEnd().split("\n")];
}

/** What a command's `--help` prints, with its notes and examples. */
export function wholeHelp(command: Command): string {
  let text = "";
  const { writeOut, ...output } = command.configureOutput();
  command.configureOutput({ ...output, writeOut: (part) => (text += part) });
  command.outputHelp();
  command.configureOutput({ ...output, writeOut });
  return text;
}
