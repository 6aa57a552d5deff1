import type { Column } from "../tables.js";
import { exactText } from "./numbers.js";
import type { ExportedRun } from "./runs.js";
import { runFields } from "./runs.js";

const rowsPerPart = 1000;

/** A table as CSV (RFC 4180, lines ending in LF), in parts: a header, then a line a row. */
export function* csvTable(columns: Readonly<Record<string, Column>>): Generator<string> {
  yield csvLine(Object.keys(columns));
  const values = Object.values(columns);
  const rows = values[0]?.length ?? 0;
  for (let from = 0; from < rows; from += rowsPerPart) {
    let part = "";
    for (let row = from; row < Math.min(rows, from + rowsPerPart); row++) {
      part += csvLine(values.map((column) => exactText(column[row])));
    }
    yield part;
  }
}

/** One line a run: what it is, its condition, how it ended, every field of its summary; empty where it has none. */
export function csvRuns(runs: readonly ExportedRun[]): string {
  const lines = runs.map((run) => new Map(runFields(run)));
  const header = [...new Set(lines.flatMap((line) => [...line.keys()]))];
  return [header, ...lines.map((line) => header.map((name) => cellText(line.get(name))))].map(csvLine).join("");
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return exactText(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}
