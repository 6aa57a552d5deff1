import { join } from "node:path";
import { writeWhole } from "../../../src/study/files.js";
import { type Figure, type Findings, figuresOf } from "../findings.js";
import type { Provenance } from "../provenance.js";
import { renderAnimation } from "./gif.js";
import { renderHtml } from "./html.js";
import { renderMarkdown } from "./markdown.js";
import { renderFigure } from "./png.js";

/**
 * Draws figures into a folder, each whole or not at all.
 *
 * @returns the files' names
 */
export async function writeFigures(figures: readonly Figure[], directory: string): Promise<string[]> {
  for (const figure of figures) await writeWhole(join(directory, figure.file), renderFigure(figure));
  return figures.map(({ file }) => file);
}

/**
 * Draws figures as the frames of one animation into a folder, whole or not at all.
 *
 * @returns the file's name, that of the frames
 */
export async function writeAnimation(frames: readonly Figure[], directory: string): Promise<string> {
  const [{ file }] = frames;
  await writeWhole(join(directory, file), renderAnimation(frames));
  return file;
}

/**
 * Writes findings as PNGs, `report.md` and `index.html` into a folder, each whole or not at all.
 *
 * @returns the files' names, PNGs first, the page last
 */
export async function writeFindings(findings: Findings, provenance: Provenance, directory: string): Promise<string[]> {
  const pictures = await writeFigures(figuresOf(findings), directory);
  await writeWhole(join(directory, "report.md"), renderMarkdown(findings));
  await writeWhole(join(directory, "index.html"), renderHtml(findings, provenance));
  return [...pictures, "report.md", "index.html"];
}
