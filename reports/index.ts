import { join } from "node:path";
import { InputError } from "../src/config/input-error.js";
import { writeWhole } from "../src/study/files.js";
import type { Run, Study } from "../src/study/read.js";
import { adaptationReport } from "./adaptation/report.js";
import { cyclingReport } from "./cycling/report.js";
import { dampingReport } from "./damping/report.js";
import { gamePictures } from "./game/pictures.js";
import { generalReport } from "./general/report.js";
import { mixturesReport } from "./mixtures/report.js";
import { type Figure, renderFigure } from "./png.js";
import { type Report, writeReport } from "./report.js";

/** The reports with measures of their own, by the name of the study that they read. */
export const reports: Readonly<Record<string, Report>> = {
  adaptation: adaptationReport,
  cycling: cyclingReport,
  damping: dampingReport,
  mixtures: mixturesReport,
};

/** The report for a study: its own where it has one and holds what that needs, else the general one. */
export function reportFor(study: Study): Report {
  const own = Object.hasOwn(reports, study.name) ? reports[study.name] : undefined;
  return own?.needs.every((name) => Object.hasOwn(study.experiments, name)) ? own : generalReport;
}

/**
 * Writes the report of a finished study into a folder.
 *
 * @returns the files' names, PNGs first
 */
export function buildReport(study: Study, directory: string): Promise<string[]> {
  return writeReport(reportFor(study), study, directory);
}

/** What draws a single run, by its task. */
const pictures: Readonly<Record<string, (run: Run) => Promise<Figure[]>>> = { game: gamePictures };

/**
 * Draws one finished run into its folder.
 *
 * @returns the names of the PNGs
 * @throws InputError when runs of its task have no pictures
 */
export async function drawRun(run: Run, directory: string): Promise<string[]> {
  if (!Object.hasOwn(pictures, run.task)) {
    const drawn = Object.keys(pictures).join(", ");
    throw new InputError(`${directory}: a single run of the task ${run.task} has no pictures; those of ${drawn} have`);
  }
  const figures = await pictures[run.task](run);
  for (const figure of figures) await writeWhole(join(directory, figure.file), renderFigure(figure));
  return figures.map(({ file }) => file);
}
