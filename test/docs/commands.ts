import { createProgram } from "../../src/cli/program.js";
import { resolveEngine, tasks } from "../../src/cli/registry.js";
import { findStudy } from "../../src/cli/studies.js";
import { planStudy } from "../../src/study/grid.js";
import { loadStudy, type StudyChanges } from "../../src/study/load.js";

/** The commands of a shell block, one a line: without comments, prompts and `npx`, split into words. */
export function commandsIn(code: string): string[][] {
  return code
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
    .flatMap((line) => line.split(" && "))
    .map((line) => [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c))
    .map((words) => (words[0] === "npx" ? words.slice(1) : words));
}

/** Words that make a command short; they come last, where they win over those before. */
const shortened: Readonly<Record<string, readonly string[]>> = {
  play: ["--steps", "30"],
  train: ["--steps", "2000"],
  evaluate: ["--episodes", "2"],
  verify: ["--jobs", "1"],
};

/** A command of a guide as it is tried: the same with fewer steps. */
export function shorten(words: readonly string[]): string[] {
  const [command] = words;
  const small =
    /^(ring|grid|points|swissRoll)$/.test(words[1] ?? "") && command === "play" ? ["--set", "batch=16"] : [];
  const animated = words.includes("--animate") ? ["--set", "snapshots=3"] : [];
  return [...words, ...small, ...animated, ...(shortened[command] ?? [])];
}

/** Commands whose words are only read, and what speaks against doing what they say. */
export const onlyRead: Readonly<Record<string, string>> = {
  run: "minutes to hours; what it would run is planned, every configuration checked",
  bench: "minutes",
  init: "questions on a terminal",
  lab: "a server, which does not end",
  worker: "a server, which does not end",
};

/** Words of commands that need what is not there: a Redis, a Python with Gymnasium. */
export const needsMore: readonly string[] = ["--queue", "process"];

/**
 * Reads a command's words as the command line does; of `run` the study is planned, too.
 *
 * @throws InputError where a word is wrong
 */
export async function read(words: readonly string[]): Promise<void> {
  const program = createProgram();
  let options: StudyChanges = {};
  let names: readonly string[] = [];
  for (const command of program.commands) {
    command.action((...inputs) => {
      [names, options] = [[inputs[0]].flat(), command.opts<StudyChanges>()];
    });
  }
  await program.parseAsync(words, { from: "user" });
  if (words[0] !== "run") return;
  for (const name of names) planStudy(loadStudy(findStudy(name), options), tasks, resolveEngine("wasm"));
}
