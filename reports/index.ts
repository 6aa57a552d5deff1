import type { Study } from "../src/study/read.js";
import { adaptationReport } from "./adaptation/report.js";
import { cyclingReport } from "./cycling/report.js";
import { dampingReport } from "./damping/report.js";
import { type Report, writeReport } from "./report.js";

/** A report as the command line knows it. */
export interface RegisteredReport {
  readonly name: string;
  readonly title: string;
  /** Writes the report of a finished study into a folder; returns the files' names, PNGs first. */
  build(study: Study, directory: string): Promise<string[]>;
}

const register = (report: Report): RegisteredReport => ({
  name: report.name,
  title: report.title,
  build: (study, directory) => writeReport(report, study, directory),
});

/** The reports by the name of the study that they read. */
export const reports: Readonly<Record<string, RegisteredReport>> = {
  adaptation: register(adaptationReport),
  cycling: register(cyclingReport),
  damping: register(dampingReport),
};
