import type { Argument, Command, Option } from "commander";
import type { Context, Line } from "./line.js";
import { argumentValues, optionValues, type Source } from "./values.js";

/** What may stand at the end of a command line. */
export interface Completions {
  /** Whole words that begin with the last one, each with a line about it; those that end in `=` or `.` go on. */
  readonly words: readonly (readonly [word: string, about: string])[];
  /** The paths that the shell adds to them. */
  readonly paths: "none" | "files" | "folders";
}

/**
 * What the last word of a command line may become, by the tree of commands itself: its commands, options and arguments.
 *
 * @param words after `ringdown`; the last one is begun, and may be empty
 */
export async function complete(program: Command, words: readonly string[]): Promise<Completions> {
  const last = words.at(-1) ?? "";
  const { command, options, positional, awaiting } = readWords(program, words.slice(0, -1));
  if (awaiting !== undefined)
    return begun(last, await offered(awaiting.source, { command, options, positional, last }));
  const [, name, value] = last.match(/^(--[a-z-]+)=(.*)$/) ?? [];
  if (name !== undefined) {
    const source = sourceOf(findOption(command, name));
    const { words, paths } = await offered(source, { command, options, positional, last: value });
    return begun(last, { words: words.map(([word, about]) => [`${name}=${word}`, about]), paths });
  }
  if (last.startsWith("-")) return begun(last, { words: optionsOf(command), paths: "none" });
  if (command.commands.length > 0) return begun(last, { words: commandsOf(command), paths: "none" });
  const argument = argumentAt(command, positional.length);
  if (argument === undefined) return { words: [], paths: "none" };
  return begun(last, await offered(argumentValues[argument.name()], { command, options, positional, last }));
}

function readWords(program: Command, words: readonly string[]): Line & { awaiting?: { source: Source | undefined } } {
  let command = program;
  const options = new Map<string, string[]>();
  const positional: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const [name, value] = word.startsWith("--") ? splitOnce(word) : [word, undefined];
    const option = word.startsWith("-") ? findOption(command, name) : undefined;
    if (option !== undefined && takesValue(option)) {
      const given = value ?? words[++index];
      if (given === undefined) return { command, options, positional, awaiting: { source: sourceOf(option) } };
      const long = option.long ?? name;
      options.set(long, [...(options.get(long) ?? []), given]);
    } else if (!word.startsWith("-")) {
      const found = command.commands.find((one) => one.name() === word);
      if (found === undefined) positional.push(word);
      else command = found;
    }
  }
  return { command, options, positional };
}

function splitOnce(word: string): [string, string | undefined] {
  const equals = word.indexOf("=");
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

const takesValue = ({ required, optional }: Option) => required || optional;

function findOption(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

function sourceOf(option: Option | undefined): Source | undefined {
  return option?.long === undefined || option.long === null ? undefined : optionValues[option.long];
}

/** The argument that stands at an index; a variadic one takes all that follow. */
function argumentAt({ registeredArguments }: Command, index: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[index] ?? (last?.variadic ? last : undefined);
}

const optionsOf = (command: Command) =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => [long ?? short ?? "", description] as const);

const commandsOf = (command: Command) =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((one) => [one.name(), one.description()] as const);

async function offered(source: Source | undefined, context: Context): Promise<Completions> {
  if (source === undefined) return { words: [], paths: "none" };
  const { names, paths = "none" } = source;
  return { words: Object.entries((await names?.(context)) ?? {}), paths };
}

function begun(last: string, { words, paths }: Completions): Completions {
  return { words: words.filter(([word]) => word.startsWith(last)), paths };
}
