import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { loadStudy } from "../../study/load.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { aligned, print } from "../output.js";
import { builtInStudies, findStudy } from "../studies.js";
import { printColumns } from "./list-columns.js";

export const kinds = ["envs", "agents", "optimizers", "games", "studies"] as const;
type Kind = (typeof kinds)[number];

export function listCommand(): Command {
  return createCommand("list")
    .description("the names that the other commands know")
    .argument("[kind]", `one of ${kinds.join(", ")}, or columns; all but columns when left out`)
    .argument("[task]", "with columns: the task whose tables and summary are listed; all when left out")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText("after", "\nExamples:\n  ringdown list\n  ringdown list optimizers --json\n  ringdown list columns rl")
    .action(
      withExitCode((kind: string | undefined, task: string | undefined, options: { readonly json: boolean }) =>
        list(kind, task, options),
      ),
    );
}

async function list(
  kind: string | undefined,
  task: string | undefined,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  if (kind === "columns") {
    const { tasks } = await import("../registry.js");
    printColumns(tasks, task, json);
    return exitCodes.done;
  }
  if (task !== undefined) throw new InputError(`list: too many arguments: ${kind} takes none, found "${task}"`);
  if (kind !== undefined && !kinds.includes(kind as Kind)) {
    throw new InputError(`list: unknown kind "${kind}"${suggest(kind, [...kinds, "columns"])}`);
  }
  const known = await namesByKind();
  const asked = kind === undefined ? kinds : [kind as Kind];
  if (json) {
    print(JSON.stringify(Object.fromEntries(asked.map((one) => [one, known[one]]))));
    return exitCodes.done;
  }
  asked.forEach((one, index) => {
    if (index > 0) print("");
    print(one);
    for (const line of aligned(Object.entries(known[one]))) print(`  ${line}`);
  });
  return exitCodes.done;
}

/** Name → a line about it, empty where the name says it all. */
async function namesByKind(): Promise<Record<Kind, Readonly<Record<string, string>>>> {
  const { agents, environments, games, optimizers } = await import("../registry.js");
  return {
    envs: environments,
    agents,
    optimizers,
    games,
    studies: Object.fromEntries(builtInStudies().map((name) => [name, titleOf(name)])),
  };
}

function titleOf(name: string): string {
  return loadStudy(findStudy(name)).study.title ?? "";
}
