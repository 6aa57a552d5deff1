import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { exporters } from "../../study/export/export.js";
import { runsIn } from "../../study/export/runs.js";
import { ensureWritable } from "../../study/files.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addAllowModules } from "../modules.js";
import { addOut } from "../options.js";
import { print } from "../output.js";
import { shorten } from "../paths.js";
import { exportTrained, policyExporters } from "../trained-exporters.js";

interface ExportOptions {
  readonly to: string;
  readonly out?: string;
  readonly allowModules: boolean;
}

export const formats = [...Object.keys(exporters), ...Object.keys(policyExporters)];

export function exportCommand(): Command {
  const command = createCommand("export")
    .description(
      "write runs' tables and summaries, or trained agents and GANs, for other tools, every number to its last bit",
    )
    .argument("<dir>", "a study's results folder, a folder of single runs, or the folder of one; or of a training")
    .requiredOption("--to <format>", `one of ${formats.join(", ")}`, format);
  addOut(command, "where the files go (default: <dir>-<format>, beside it)");
  addAllowModules(command, "the training");
  return command
    .addHelpText(
      "after",
      `
csv, json    runs.<format>, all runs with their summaries, and a file a table in runs/<id>/
tensorboard  an event file a run, in folders by experiment, condition and seed
safetensors  parameters, optimizer states and all else of a trained agent, by name (agents/README.md)
onnx         its policy, from observations to actions, normalisation included; or a GAN's generator (opset 17)

The last two take a folder of train --checkpoint or play --keep, or one that holds several, and write a file for each.

Examples:
  ringdown export results/damping --to csv
  ringdown export results/damping --to tensorboard --out logs && tensorboard --logdir logs
  ringdown export cartpole --to safetensors
  ringdown export cartpole --to onnx --out policies`,
    )
    .action(withExitCode((directory: string, options: ExportOptions) => exportRuns(directory, options)));
}

async function exportRuns(directory: string, { to, out, allowModules }: ExportOptions): Promise<ExitCode> {
  const folder = out ?? `${directory.replace(/(?<=.)[/\\]+$/, "")}-${to}`;
  if (Object.hasOwn(policyExporters, to)) {
    print(shorten(await exportTrained(directory, to, folder, allowModules)));
    return exitCodes.done;
  }
  const runs = await runsIn(directory);
  await ensureWritable(folder);
  print(shorten(await exporters[to](runs, folder)));
  return exitCodes.done;
}

function format(text: string): string {
  if (formats.includes(text)) return text;
  throw new InputError(`--to: unknown format "${text}"${suggest(text, formats)}`);
}
