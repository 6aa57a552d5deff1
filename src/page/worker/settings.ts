import { InputError } from "../../config/input-error.js";
import { assign, parseAssignment } from "../../study/assign.js";

/** The assignments of an address, told apart by what they are for. */
export interface Settings {
  readonly seed: number;
  /** Of the configuration: the texts `path=value`. */
  readonly assignments: readonly string[];
  /** Of the second learner's configuration: the first's, with what begins with `other.` in place of its own. */
  readonly other: readonly string[];
}

const prefix = "other.";

/** @throws InputError for a text that is no assignment, and for a seed that is none */
export function readSettings(texts: readonly string[]): Settings {
  const seedText = texts.find((text) => text.startsWith("seed="));
  const seed = seedText === undefined ? 1 : parseAssignment(seedText).value;
  if (typeof seed !== "number" || !Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError(`seed: expected an integer of at least 0, found "${seed}"`);
  }
  const assignments = texts.filter((text) => text !== seedText && !text.startsWith(prefix));
  const own = texts.filter((text) => text.startsWith(prefix)).map((text) => text.slice(prefix.length));
  // Another optimizer has other options.
  const replaced = own.some((text) => text.startsWith("optimizer.name="))
    ? assignments.filter((text) => !text.startsWith("optimizer."))
    : assignments.filter((text) => !own.some((one) => pathOf(one) === pathOf(text)));
  return { seed, assignments, other: [...replaced, ...own] };
}

/** What these assignments make of a configuration. */
export function assigned(base: unknown, texts: readonly string[]): unknown {
  return texts.map(parseAssignment).reduce((config, one) => assign(config, one, one.path), base);
}

export const pathOf = (text: string) => text.slice(0, text.indexOf("="));
