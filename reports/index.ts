import type { Study } from "../src/study/read.js";
import { adaptationReport } from "./adaptation/report.js";
import { cyclingReport } from "./cycling/report.js";
import { dampingReport } from "./damping/report.js";
import { generalReport } from "./general/report.js";
import { type Report, writeReport } from "./report.js";

/** The reports with measures of their own, by the name of the study that they read. */
export const reports: Readonly<Record<string, Report>> = {
  adaptation: adaptationReport,
  cycling: cyclingReport,
  damping: dampingReport,
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
