import { join } from "node:path";
import { writeWhole } from "../src/study/files.js";
import type { Study } from "../src/study/read.js";
import { type Figure, renderFigure } from "./png.js";

/** A claim and what the measurements say of it. */
export interface Verdict {
  readonly claim: string;
  readonly verdict: "true" | "false" | "depends" | "not distinguishable";
  /** The numbers that decide, in a sentence or two. */
  readonly because: string;
}

/** What a report's measures and figures make of a study's rows. */
export interface Findings {
  /** Over the report's own title. */
  readonly title?: string;
  readonly introduction: string;
  readonly verdicts: readonly Verdict[];
  readonly sections: readonly { readonly heading: string; readonly text: string; readonly figure?: Figure }[];
}

/** Reads finished runs, never trains. */
export interface Report {
  readonly name: string;
  readonly title: string;
  /** The experiments that it reads; a study of the same name that lacks one gets the general report. */
  readonly needs: readonly string[];
  find(study: Study): Promise<Findings>;
}

/**
 * Writes a report's PNGs and `report.md` into a folder, each whole or not at all.
 *
 * @returns the files' names, PNGs first
 */
export async function writeReport(report: Report, study: Study, directory: string): Promise<string[]> {
  const findings = await report.find(study);
  const figures = findings.sections.flatMap(({ figure }) => (figure === undefined ? [] : [figure]));
  for (const figure of figures) await writeWhole(join(directory, figure.file), renderFigure(figure));
  await writeWhole(join(directory, "report.md"), render(report, findings));
  return [...figures.map(({ file }) => file), "report.md"];
}

function render(report: Report, { title = report.title, introduction, verdicts, sections }: Findings): string {
  const lines = [`# ${title}`, "", introduction];
  if (verdicts.length > 0) lines.push("", "## Verdicts", "");
  for (const { claim, verdict, because } of verdicts) lines.push(`- **${claim}** ${verdictText[verdict]} ${because}`);
  for (const { heading, text, figure } of sections) {
    lines.push("", `## ${heading}`, "");
    if (figure !== undefined) lines.push(`![${figure.title}](${figure.file})`, "");
    lines.push(text);
  }
  return `${lines.join("\n")}\n`;
}

const verdictText: Record<Verdict["verdict"], string> = {
  true: "— **True.**",
  false: "— **False.**",
  depends: "— **It depends.**",
  "not distinguishable": "— **Not distinguishable here.**",
};
