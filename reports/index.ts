import { InputError } from "../src/config/input-error.js";
import { writeWhole } from "../src/study/files.js";
import type { Run, Study } from "../src/study/read.js";
import { adaptationReport } from "./adaptation/report.js";
import { chaptersReport } from "./chapters/report.js";
import { curesReport } from "./cures/report.js";
import { cyclingReport } from "./cycling/report.js";
import { dampingReport } from "./damping/report.js";
import { mixturesReport } from "./mixtures/report.js";
import type { Figure } from "./parts/findings.js";
import { gameAnimation, gamePictures } from "./parts/game/pictures.js";
import type { Comparison } from "./parts/general/comparison.js";
import { differencesFigure } from "./parts/general/differences-figure.js";
import { generalReport } from "./parts/general/report.js";
import { provenanceOf } from "./parts/provenance.js";
import { renderPaper } from "./parts/render/paper.js";
import { renderFigure } from "./parts/render/png.js";

export { writeCover } from "./parts/render/write.js";

import { type FigureOptions, writeAnimation, writeFigures, writeFindings } from "./parts/render/write.js";
import type { Report } from "./parts/report.js";

export { animateEpisode, type DrawnEpisode, filmStrip } from "./parts/episode/draw.js";
export type { Figure, Findings, Section, Table, Verdict } from "./parts/findings.js";
export type { Comparison } from "./parts/general/comparison.js";
export type { Axis, HeatMap, Panel, Series } from "./parts/panel.js";
export type { FigureOptions } from "./parts/render/write.js";
export type { Report } from "./parts/report.js";

/** The reports with measures of their own, by the name of the study that they read: that of its folder. */
export const reports: Readonly<Record<string, Report>> = {
  adaptation: adaptationReport,
  chapters: chaptersReport,
  cures: curesReport,
  cycling: cyclingReport,
  damping: dampingReport,
  mixtures: mixturesReport,
};

/** The report for a study: its own where it has one that reads something of it, else the general one. */
export function reportFor(study: Study): Report {
  const own = Object.hasOwn(reports, study.name) ? reports[study.name] : undefined;
  return own?.reads(study) ? own : generalReport;
}

/**
 * Writes the report of a finished study into a folder.
 *
 * @param options whether its figures are drawn for print too; default: they are not
 * @returns the files' names, PNGs first, the page last
 */
export async function buildReport(study: Study, directory: string, options: FigureOptions = {}): Promise<string[]> {
  return writeFindings(await reportFor(study).find(study), provenanceOf(study), directory, options);
}

/**
 * Draws the differences between conditions into a file.
 *
 * @param file a PNG for the screen, or a PDF for print
 * @param about what is compared, before the finding in the title
 */
export async function drawDifferences(file: string, about: string, comparison: Comparison): Promise<void> {
  const figure = differencesFigure(file, about, comparison);
  await writeWhole(file, file.endsWith(".pdf") ? renderPaper(figure).pdf : renderFigure(figure));
}

/** What draws a single run, by its task. */
const pictures: Readonly<Record<string, (run: Run) => Promise<Figure[]>>> = { game: gamePictures };

/**
 * Draws one finished run into its folder.
 *
 * @param options whether for print too; default: not
 * @returns the names of the files
 * @throws InputError when runs of its task have no pictures
 */
export async function drawRun(run: Run, directory: string, options: FigureOptions = {}): Promise<string[]> {
  if (!Object.hasOwn(pictures, run.task)) {
    const drawn = Object.keys(pictures).join(", ");
    throw new InputError(`${directory}: a single run of the task ${run.task} has no pictures; those of ${drawn} have`);
  }
  return writeFigures(await pictures[run.task](run), directory, options);
}

/**
 * Draws one finished run of a game as an animation into its folder: from its rows, without playing it again.
 *
 * @returns the name of the GIF
 * @throws InputError for a GAN's run without snapshots
 */
export async function animateRun(run: Run, directory: string): Promise<string> {
  return writeAnimation(await gameAnimation(run), directory);
}
