// The pictures of the main README, from finished studies: npm run build:gallery -- <results folder>
//
// Writes a PNG a picture beside this file, a few panels of a report's figure in the layout for print, and the section
// between the marks in README.md, whose captions are the figures' own titles.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reportFor } from "../../dist/reports/index.js";
import { figuresOf } from "../../dist/reports/parts/findings.js";
import { escapeHtml } from "../../dist/reports/parts/render/html-text.js";
import { paperSheet } from "../../dist/reports/parts/render/paper.js";
import { onCanvas } from "../../dist/reports/parts/render/png.js";
import { readStudy } from "../../dist/src/study/read.js";

/** Which panels of which figure are shown, counted from 0. */
const pictures = [
  { study: "cycling", file: "bilinear-adaptive.png", panels: [1, 4] },
  { study: "cycling", file: "ring-mean.png", panels: [0, 6] },
  { study: "damping", file: "rotation.png", panels: [1, 2] },
  { study: "damping", file: "adam-amplitudes.png", panels: [0, 1] },
  { study: "adaptation", file: "effective-step.png", panels: [0, 1] },
  { study: "adaptation", file: "cartpole-signs.png", panels: [0] },
];

const root = fileURLToPath(new URL("../..", import.meta.url));
const results = process.argv[2] ?? join(root, "results");
const introduction = "Some panels of the full studies' figures, under the titles that the reports give them.";
const marks = ["<!-- gallery: made by npm run build:gallery -->", "<!-- end of gallery -->"];

const cells = [];
for (const study of new Set(pictures.map((picture) => picture.study))) {
  const finished = await readStudy(join(results, study));
  const figures = figuresOf(await reportFor(finished).find(finished));
  for (const { file, panels } of pictures.filter((picture) => picture.study === study)) {
    const figure = figures.find((one) => one.file === file);
    if (figure === undefined || panels.some((panel) => panel >= figure.panels.length)) {
      throw new Error(`${join(results, study)}: the report has no ${file} with panels ${panels}`);
    }
    const shown = { ...figure, columns: panels.length, panels: panels.map((panel) => figure.panels[panel]) };
    const { sheet } = paperSheet(shown);
    const picture = `reports/gallery/${study}-${file}`;
    await writeFile(join(root, picture), onCanvas(sheet, 1).toBuffer("image/png"));
    const title = escapeHtml(figure.title);
    cells.push(`<td width="50%"><img src="${picture}" alt="${title}"><br>${title} (<code>${study}</code>)</td>`);
  }
}

const rows = cells.flatMap((cell, k) => (k % 2 === 0 ? [`<tr>${cell}${cells[k + 1] ?? ""}</tr>`] : []));
const readme = join(root, "README.md");
const text = await readFile(readme, "utf8");
const [before, rest] = text.split(marks[0]);
const [, after] = rest.split(marks[1]);
await writeFile(
  readme,
  `${before}${marks[0]}\n${introduction}\n\n<table>\n${rows.join("\n")}\n</table>\n${marks[1]}${after}`,
);
