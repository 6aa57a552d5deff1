import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { aligned, print } from "../output.js";
import type { Entry, Kind } from "../reference/kinds.js";
import { printColumns } from "./list-columns.js";

export function listCommand(): Command {
  return createCommand("list")
    .description("the names that the other commands and configurations know")
    .argument("[kind]", "one of envs, agents, optimizers, games, … (all are listed when left out), or columns")
    .argument("[task]", "with columns: the task whose tables and summary are listed; all when left out")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      `
What does not go together is marked. Any of the names is explained by ringdown help <name>.

Examples:
  ringdown list
  ringdown list optimizers --json
  ringdown list columns rl`,
    )
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
  const { catalogue } = await import("../reference/catalogue.js");
  const kinds = await catalogue();
  const asked = kind === undefined ? kinds : kinds.filter(({ name }) => name === kind);
  if (kind !== undefined && asked.length === 0) {
    const valid = [...kinds.map(({ name }) => name), "columns"];
    throw new InputError(`list: unknown kind "${kind}"${suggest(kind, valid)}`);
  }
  if (json) print(JSON.stringify(Object.fromEntries(asked.map(({ name, entries }) => [name, linesOf(entries)]))));
  else print(asked.map((one) => paragraph(one).join("\n")).join("\n\n"));
  return exitCodes.done;
}

const linesOf = (entries: readonly Entry[]) => Object.fromEntries(entries.map(({ name, line }) => [name, line]));

/** A kind as it is listed: its name, then a line for each of its entries, marked with what it does not go with. */
function paragraph({ name, entries }: Kind): string[] {
  const rows = entries.map(({ name, line, not = [] }) => {
    const marked = not.length === 0 ? line : `${line} (not with ${not.join(", ")})`;
    return [name, marked] as const;
  });
  return [name, ...aligned(rows).map((line) => `  ${line}`)];
}
