import { type Findings, type Section, type Table, verdictWords } from "../findings.js";

/** Findings as the text of `report.md`, which shows the figures by their files. */
export function renderMarkdown({ title, introduction, cover, verdicts, sections }: Findings): string {
  const lines = [`# ${title}`, "", introduction, ...(cover === undefined ? [] : sectionLines(cover))];
  if (verdicts.length > 0) lines.push("", "## Verdicts", "");
  for (const { claim, verdict, because } of verdicts)
    lines.push(`- **${claim}** — **${verdictWords[verdict]}.** ${because}`);
  lines.push(...sections.flatMap(sectionLines));
  return `${lines.join("\n")}\n`;
}

function sectionLines({ heading, figure, content }: Section): string[] {
  const lines = ["", `## ${heading}`];
  if (figure !== undefined) lines.push("", `![${figure.title}](${figure.file})`);
  for (const block of content) lines.push("", typeof block === "string" ? block : renderTable(block));
  return lines;
}

/** Whether all cells of a column start like a number; it stands to the right. */
export function isNumericColumn(rows: Table["rows"], column: number): boolean {
  return rows.length > 0 && rows.every((row) => /^[−≥≤]?\d|^[—∞]/.test(row[column]));
}

export function renderTable({ header, rows }: Table): string {
  const numeric = header.map((_, column) => isNumericColumn(rows, column));
  return [
    `| ${header.join(" | ")} |`,
    `|${numeric.map((right) => (right ? "---:" : "---")).join("|")}|`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}
