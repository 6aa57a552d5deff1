import { join } from "node:path";
import type { Command } from "commander";
import type { RegisteredReport } from "../../../reports/index.js";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { readStudy, type Study } from "../../study/read.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";
import { shorten } from "../studies.js";

export function reportCommand(): Command {
  return createCommand("report")
    .description("build the report of finished runs again; never trains")
    .argument("<dir>", "a study's results folder")
    .addHelpText("after", "\nExample:\n  ringdown report results/damping")
    .action(withExitCode((directory: string) => rebuild(directory)));
}

async function rebuild(directory: string): Promise<ExitCode> {
  const study = await readStudy(directory);
  const { loadReports } = await import("../registry.js");
  const reports = await loadReports();
  if (!Object.hasOwn(reports, study.name)) {
    const hint = suggest(study.name, Object.keys(reports));
    throw new InputError(`${directory}: no report is registered for the study "${study.name}"${hint}`);
  }
  await buildReport(reports[study.name], directory, study);
  return exitCodes.done;
}

/** Builds a report and prints the path of each picture and of the text. */
export async function buildReport(report: RegisteredReport, directory: string, study?: Study): Promise<void> {
  const files = await report.build(study ?? (await readStudy(directory)), directory);
  for (const file of files) if (/\.png$|(^|\/)report\.md$/.test(file)) print(shorten(join(directory, file)));
}
