import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { readRun, runFolder } from "../../study/folder-store.js";
import { readStudy } from "../../study/read.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { openPage } from "../open-page.js";
import { print } from "../output.js";
import { shorten } from "../paths.js";

export function reportCommand(): Command {
  return createCommand("report")
    .description("build the report of finished runs again; never trains")
    .argument("<dir>", "a study's folder, a results folder with several, or the folder of a single run")
    .option("--paper", paperMeaning, false)
    .option("--open", "open the page in the browser", false)
    .addHelpText(
      "after",
      "\nExamples:\n  ringdown report results/damping --open\n  ringdown report results/damping --paper",
    )
    .action(withExitCode((directory: string, options: ReportOptions) => report(directory, options)));
}

/** What `--paper` does. */
export const paperMeaning = "draw the figures for print too, into the folder paper: PNG of 300 dpi and PDF";

interface ReportOptions {
  readonly paper: boolean;
  readonly open: boolean;
}

async function report(directory: string, { open, paper }: ReportOptions): Promise<ExitCode> {
  if (open && existsSync(join(directory, "run.json"))) {
    throw new InputError(`--open: ${directory} is the folder of a single run, which has pictures and no page`);
  }
  const code = await rebuild(directory, paper);
  if (open) await openPage(join(directory, "index.html"));
  return code;
}

async function rebuild(directory: string, paper: boolean): Promise<ExitCode> {
  if (existsSync(join(directory, "run.json"))) {
    for (const file of await drawPictures(directory, paper)) print(file);
    return exitCodes.done;
  }
  if (existsSync(join(directory, "study.json"))) {
    await printReportAndCover(directory, paper);
    return exitCodes.done;
  }
  const studies = await studiesIn(directory);
  if (studies.length === 0) {
    await refuseSingleRuns(directory);
    await printReport(directory, paper);
    return exitCodes.done;
  }
  for (const study of studies) await printReport(study, paper);
  await printCover(directory);
  return exitCodes.done;
}

/** The folders of studies in a results folder, in the order of their names. */
async function studiesIn(results: string): Promise<string[]> {
  if (!existsSync(results)) return [];
  const names = (await readdir(results).catch(() => [])).sort();
  return names.map((name) => join(results, name)).filter((folder) => existsSync(join(folder, "study.json")));
}

/** A folder of runs without a study, as `play --out` fills it, has no report. */
async function refuseSingleRuns(directory: string): Promise<void> {
  const runs = (await runFolder(directory).list()).map((id) => join(directory, id));
  if (runs.length === 0) return;
  throw new InputError(`${directory}: holds single runs and no study; draw one: ringdown report ${runs.join(" or ")}`);
}

/** Builds the report of a study's results folder and prints the path of each picture and of the text. */
export async function printReport(directory: string, paper = false): Promise<void> {
  const study = await readStudy(directory);
  const { loadReports } = await import("../registry.js");
  const { buildReport } = await loadReports();
  for (const file of await buildReport(study, directory, { paper })) print(shorten(join(directory, file)));
}

/** The same, and the page over all studies anew where the folder lies beside one. */
export async function printReportAndCover(directory: string, paper = false): Promise<void> {
  await printReport(directory, paper);
  const results = dirname(resolve(directory));
  if (existsSync(join(results, "index.html"))) await printCover(results);
}

/** Writes the page over all studies of a results folder and prints its path. */
export async function printCover(results: string): Promise<void> {
  const { loadReports } = await import("../registry.js");
  const { writeCover } = await loadReports();
  const page = await writeCover(results);
  if (page !== null) print(shorten(join(results, page)));
}

/** Draws a single run of a game as an animation into its folder and returns the GIF's path. */
export async function drawAnimation(directory: string): Promise<string> {
  const run = await readRun(directory);
  const { loadReports } = await import("../registry.js");
  const { animateRun } = await loadReports();
  return shorten(join(directory, await animateRun(run, directory)));
}

/** Draws the pictures of a single run into its folder and returns their paths. */
export async function drawPictures(directory: string, paper = false): Promise<string[]> {
  const run = await readRun(directory);
  const { loadReports } = await import("../registry.js");
  const { drawRun } = await loadReports();
  return (await drawRun(run, directory, { paper })).map((file) => shorten(join(directory, file)));
}
