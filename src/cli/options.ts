import type { Command } from "commander";
import { InputError } from "../config/input-error.js";
import { type Assignment, parseAssignment } from "../study/assign.js";
import type { Shard } from "../study/sharing/shard.js";

/** A parser for an option that takes an integer from `minimum` to `maximum`. */
export function integer(option: string, minimum: number, maximum?: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const most = maximum ?? Number.MAX_SAFE_INTEGER;
    if (/^\d+$/.test(text) && value >= minimum && value <= most) return value;
    const range = maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
    throw new InputError(`${option}: expected an integer ${range}, found "${text}"`);
  };
}

/** A parser for an option that takes the path of a folder, which need not be there yet. */
export function folderPath(option: string): (text: string) => string {
  return (text) => {
    if (text !== "") return text;
    throw new InputError(`${option}: expected the path of a folder, found nothing`);
  };
}

/** `--out <dir>`, a folder that need not be there yet. */
export function addOut(command: Command, meaning: string, otherwise?: string): Command {
  return command.option("--out <dir>", meaning, folderPath("--out"), otherwise);
}

/** A parser for `--shard i/n`. */
export function shard(text: string): Shard {
  const [, index, count] = text.match(/^(\d{1,6})\/(\d{1,6})$/)?.map(Number) ?? [];
  if (index >= 1 && index <= count) return { index, count };
  throw new InputError(`--shard: expected i/n with i from 1 to n, as in 3/16, found "${text}"`);
}

/**
 * A parser for an option that takes names, separated by commas.
 *
 * @throws InputError where there is none between two commas
 */
export function names(option: string): (text: string) => string[] {
  return (text) => {
    const found = text.split(",").map((name) => name.trim());
    if (found.every((name) => name !== "")) return found;
    throw new InputError(`${option}: expected names separated by commas, found "${text}"`);
  };
}

/** How the options of {@link addStudyChanges} change what a study's file says. */
export interface StudyOptions {
  readonly quick: boolean;
  readonly only?: readonly string[];
  readonly seeds?: number;
  readonly set: readonly Assignment[];
}

/** The options that change what a study's file says. */
export function addStudyChanges(command: Command): Command {
  command
    .option("--quick", "the study's own short version", false)
    .option("--only <names>", "only these experiments, and the parts of the report that they are for", names("--only"))
    .option("--seeds <n>", "seeds 1 to n in every experiment", integer("--seeds", 1));
  return addSet(command, "experiments.bilinear.config.steps=500", "study");
}

/**
 * `--set path=value`, any number of times.
 *
 * @param keys what `ringdown help` lists the keys of
 */
export function addSet(command: Command, example: string, keys: string): Command {
  return command.option(
    "--set <path=value>",
    `set a key of the configuration, as in ${example}; repeatable; all keys: ringdown help ${keys}, one: ringdown describe <path>`,
    (text: string, before: Assignment[]) => [...before, parseAssignment(text)],
    [],
  );
}

export function addEngine(command: Command): Command {
  return command.option(
    "--engine <name>",
    "the compute engine: auto, wasm, native or tfjs, see `ringdown doctor`",
    "auto",
  );
}

/** No seed that trainings commonly have, so that the episodes are new to the policy. */
export const evaluationSeed = 1_000_000;

/** `--phase <k>`, of a training's drift. */
export function addPhase(command: Command): Command {
  return command.option(
    "--phase <k>",
    "hold the environment in this phase of the training's drift: 0 before its first change, k after the k-th (default: as the training left it)",
    integer("--phase", 0),
  );
}
