import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { commandsIn } from "../config/commands-in.js";
import { InputError } from "../config/input-error.js";
import { modulesNamedIn } from "../config/user-module.js";
import { readCheckpoint } from "../study/checkpoint-file.js";
import { forecast } from "../study/forecast.js";
import type { PlannedStudy } from "../study/grid.js";
import { inALine } from "./output.js";

// What a configuration names as a module or a program runs with all rights of the user. One that the user wrote on the command line is
// trusted; one that comes with a file, which may be somebody else's, only when the user says so.

/** `--allow-modules` */
export function addAllowModules(command: Command, whose: string): Command {
  return command.option(
    "--allow-modules",
    `run the modules and programs that ${whose} names; without it a terminal asks, and elsewhere they are refused`,
    false,
  );
}

/**
 * Of all runs that a study asks for, those of its tuning included; their programs have run by then, see
 * {@link requireAllowedPrograms}.
 */
export async function requireAllowedStudy(study: PlannedStudy, source: string, allowed: boolean): Promise<void> {
  const runs = forecast(study).flatMap(({ trials, runs }) => [...trials, ...runs]);
  const modules = runs.flatMap(({ config }) => modulesNamedIn(config)).map(({ module }) => module);
  await consent("module", modules, source, allowed, { input: process.stdin, output: process.stderr });
}

/** Of the training that a folder holds. */
export async function requireAllowedTraining(folder: string, allowed: boolean): Promise<void> {
  const { config } = await readCheckpoint(folder);
  await requireAllowed([config], folder, allowed);
}

/** Where a question is asked and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Makes sure that the user wants the modules and programs to run that some configurations name.
 *
 * @param source what names them, first in the message
 * @throws InputError where the user has not allowed it: one line that names the modules and the option
 */
export async function requireAllowed(
  configurations: readonly unknown[],
  source: string,
  allowed: boolean,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  const modules = configurations.flatMap((config) => modulesNamedIn(config)).map(({ module }) => module);
  await consent("module", modules, source, allowed, terminal);
  await consent("program", programsIn(configurations), source, allowed, terminal);
}

/**
 * Makes sure that the user wants the programs to run that a study names, before it is planned: that starts them, to ask
 * what they are.
 *
 * @param study what is to be planned
 * @throws InputError as {@link requireAllowed} does
 */
export async function requireAllowedPrograms(study: unknown, source: string, allowed: boolean): Promise<void> {
  await consent("program", programsIn(study), source, allowed, { input: process.stdin, output: process.stderr });
}

const programsIn = (input: unknown) => commandsIn(input).map((command) => command.join(" "));

async function consent(
  kind: "module" | "program",
  names: readonly string[],
  source: string,
  allowed: boolean,
  { input, output }: Terminal,
): Promise<void> {
  const different = [...new Set(names)];
  if (different.length === 0 || allowed) return;
  const named = `${source}: names the ${kind}${different.length === 1 ? "" : "s"} ${different.join(", ")}`;
  if (input.isTTY && output.isTTY) {
    const asking = createInterface({ input, output });
    const answer = await asking.question(`${inALine(named)}; code in it runs with all your rights. Run it? [y/N] `);
    asking.close();
    if (/^y(es)?$/i.test(answer.trim())) return;
  }
  throw new InputError(`${named}, whose code runs with all your rights; read it, then allow it: --allow-modules`);
}
