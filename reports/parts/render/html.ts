import {
  type Figure,
  type Findings,
  figuresOf,
  type Section,
  type Table,
  type Verdict,
  verdictWords,
} from "../findings.js";
import type { Provenance } from "../provenance.js";
import { escapeHtml, inline, prose } from "./html-text.js";
import { isNumericColumn } from "./markdown.js";
import { packFigures } from "./packed-figures.js";
import { pageScript, pageStyle } from "./page-assets.js";

/**
 * Findings as one self-contained HTML page: no request leaves it, so that it opens from disk. Texts and tables stand in
 * the document; the page's script draws the figures from the same panels as the PNGs, which stand in where no script
 * runs. Equal findings give equal bytes.
 */
export function renderHtml(findings: Findings, provenance: Provenance): string {
  const { title, introduction, cover, verdicts, sections } = findings;
  const parts = [
    header(findings),
    `<div class="prose lead">${prose(introduction)}</div>`,
    ...(cover === undefined ? [] : [sectionHtml(cover, "cover")]),
    verdictList(verdicts),
    ...sections.map((section, i) => sectionHtml(section, `section-${i + 1}`)),
    provenanceHtml(provenance),
  ];
  const figures = Object.fromEntries(figuresOf(findings).map((figure) => [figure.file, figure]));
  return pageDocument(title, `<main>${parts.join("\n")}</main>`, figures);
}

/** A whole page around a body; the script finds its figures as JSON, by their file names. */
export function pageDocument(title: string, body: string, figures: Readonly<Record<string, Figure>>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' data: file:">
<meta name="generator" content="Ringdown">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} · Ringdown</title>
<style>
${pageStyle()}</style>
</head>
<body>
${body}
<script type="application/json" id="figures">${withinScript(packFigures(figures))}</script>
<script>
${pageScript()}</script>
</body>
</html>
`;
}

/** JSON that no reader of HTML takes for the end of its script, and that JavaScript reads as it is. */
function withinScript(json: string): string {
  return json
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

function header({ title, verdicts, cover, sections }: Findings): string {
  const entries = [
    ...(cover === undefined ? [] : [["cover", cover.heading]]),
    ...(verdicts.length > 0 ? [["verdicts", "Verdicts"]] : []),
    ...sections.map(({ heading }, i) => [`section-${i + 1}`, heading]),
    ["provenance", "How to repeat it"],
  ];
  const links = entries.map(([id, text]) => `<li><a href="#${id}">${inline(text)}</a></li>`).join("");
  return `<header>
<h1>${inline(title)}</h1>
<button type="button" id="theme" aria-pressed="false" hidden>Dark</button>
<nav aria-label="Contents"><details><summary>Contents</summary><ol>${links}</ol></details></nav>
</header>`;
}

function verdictList(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return "";
  const items = verdicts.map(
    ({ claim, verdict, because }) => `<li class="verdict" data-verdict="${verdict}">
<p class="claim"><span class="badge">${verdictWords[verdict]}</span> ${inline(claim)}</p>
<div class="prose">${prose(because)}</div>
</li>`,
  );
  return `<section id="verdicts"><h2>Verdicts</h2><ul class="verdicts">${items.join("\n")}</ul></section>`;
}

function sectionHtml({ heading, figure, content }: Section, id: string): string {
  const blocks = content.map((block, i) =>
    typeof block === "string"
      ? `<div class="prose">${prose(block)}</div>`
      : tableHtml(block, `${id}-table-${i + 1}`, heading),
  );
  const drawn = figure === undefined ? "" : figureHtml(figure);
  return `<section id="${id}"><h2>${inline(heading)}</h2>${drawn}${blocks.join("\n")}</section>`;
}

/** A place for each panel, which the page's script fills. */
function figureHtml({ file, title, caption, columns, panels, panelWidth = 720, panelHeight = 520 }: Figure): string {
  const places = panels.map(
    (panel, i) => `<div class="panel" data-panel="${i}"><h3>${inline(panel.title.replace(/\n/g, " · "))}</h3></div>`,
  );
  const sizes = `--columns:${columns};--ratio:${panelWidth}/${panelHeight}`;
  return `<figure data-figure="${escapeHtml(file)}">
<figcaption><strong>${inline(title)}</strong><span>${inline(caption)}</span></figcaption>
<div class="panels" style="${sizes}">${places.join("")}</div>
<noscript><img src="${escapeHtml(file)}" alt="${escapeHtml(`${title}. ${caption}`)}"></noscript>
</figure>`;
}

/** A table whose columns the page's script sorts; long ones scroll within themselves. */
function tableHtml({ header, rows }: Table, id: string, about: string): string {
  const numeric = header.map((_, column) => isNumericColumn(rows, column));
  const cell = (text: string, column: number) => `<td${numeric[column] ? ' class="number"' : ""}>${inline(text)}</td>`;
  const head = header.map((text, k) => `<th scope="col"${numeric[k] ? ' class="number"' : ""}>${inline(text)}</th>`);
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`);
  return `<div class="scroll" id="${id}" tabindex="0" role="region" aria-label="${escapeHtml(`${about}: table ${id.split("-").at(-1)}`)}"><table class="sortable">
<thead><tr>${head.join("")}</tr></thead>
<tbody>${body.join("\n")}</tbody></table></div>`;
}

function provenanceHtml({ study, facts, experiments }: Provenance): string {
  const list = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${inline(value)}</dd>`).join("");
  return `<section id="provenance"><h2>How to repeat it</h2>
<dl>${list}</dl>
${tableHtml(experiments, "provenance-table-1", "Experiments")}
<div class="prose"><p>Each run's whole configuration lies in <code>runs/&lt;id&gt;/run.json</code> beside this page, its rows in
Parquet files. <code>ringdown verify &lt;folder&gt; --rerun 3</code> computes three runs of ${escapeHtml(study)} anew and compares bytes.</p></div></section>`;
}
