import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../../../src/config/input-error.js";
import { writeWhole } from "../../../src/study/files.js";
import { type Figure, type Findings, figuresOf } from "../findings.js";
import type { Provenance } from "../provenance.js";
import { renderCover, type Summary, summarySchema } from "./cover.js";
import { renderAnimation } from "./gif.js";
import { renderHtml } from "./html.js";
import { renderMarkdown } from "./markdown.js";
import { renderPaper } from "./paper.js";
import { renderFigure } from "./png.js";

/** Which figures are written. */
export interface FigureOptions {
  /** for print too, see `renderPaper`; default: not */
  readonly paper?: boolean;
}

/**
 * Draws figures into a folder, each whole or not at all.
 *
 * @param paper whether they are drawn for print too, into its folder `paper`: a PNG and a PDF each
 * @returns the files' names
 */
export async function writeFigures(
  figures: readonly Figure[],
  directory: string,
  { paper = false }: FigureOptions = {},
): Promise<string[]> {
  const files: string[] = [];
  const write = async (file: string, bytes: Uint8Array) => {
    await writeWhole(join(directory, file), bytes);
    files.push(file);
  };
  for (const figure of figures) await write(figure.file, renderFigure(figure));
  for (const figure of paper ? figures : []) {
    const name = figure.file.replace(/\.png$/, "");
    for (const [format, bytes] of Object.entries(renderPaper(figure))) await write(`paper/${name}.${format}`, bytes);
  }
  return files;
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
 * Writes findings as PNGs, `report.md`, `index.html` and `verdicts.json` into a folder, each whole or not at all.
 *
 * @param paper whether the figures are drawn for print too
 * @returns the names of the files that people read: PNGs first, the page last
 */
export async function writeFindings(
  findings: Findings,
  provenance: Provenance,
  directory: string,
  { paper = false }: FigureOptions = {},
): Promise<string[]> {
  const pictures = await writeFigures(figuresOf(findings), directory, { paper });
  await writeWhole(join(directory, "report.md"), renderMarkdown(findings));
  await writeWhole(join(directory, "index.html"), renderHtml(findings, provenance));
  const { title, introduction, verdicts } = findings;
  const summary = { title, introduction, verdicts, ...(pictures.length > 0 ? { picture: pictures[0] } : {}) };
  await writeWhole(join(directory, summaryFile), `${JSON.stringify(summary, null, 2)}\n`);
  return [...pictures, "report.md", "index.html"];
}

const summaryFile = "verdicts.json";

/**
 * Writes `index.html` over the studies of a results folder that have a report, in the order of their names.
 *
 * @returns the file's name; null where there is no report, or where the folder holds an `index.html` of another origin
 * @throws InputError where a study's `verdicts.json` is damaged
 */
export async function writeCover(results: string): Promise<string | null> {
  const folders = (await readdir(results, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => existsSync(join(results, name, summaryFile)));
  const page = join(results, "index.html");
  const foreign = existsSync(page) && !(await readFile(page, "utf8")).includes('name="generator" content="Ringdown"');
  if (names.length === 0 || foreign) return null;
  const studies = await Promise.all(
    names.sort().map(async (name) => [name, await readSummary(join(results, name, summaryFile))] as const),
  );
  await writeWhole(page, renderCover(studies));
  return "index.html";
}

async function readSummary(file: string): Promise<Summary> {
  const text = await readFile(file, "utf8");
  try {
    return summarySchema.parse(JSON.parse(text));
  } catch {
    throw new InputError(`${file}: damaged; ringdown report ${dirname(file)} writes it anew`);
  }
}
