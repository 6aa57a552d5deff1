import type { Panel, Point } from "../parts/panel.js";
import { number } from "../parts/text.js";

/** So many are listed; the files beside the page hold the rest. */
const mostRows = 500;

/** The panel's numbers as a table, made when it is opened: what a screen reader reads in place of the picture. */
export function numbersOf(panel: Panel): HTMLElement {
  const details = document.createElement("details");
  details.className = "numbers";
  const summary = document.createElement("summary");
  summary.textContent = "Numbers";
  details.append(summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(tableOf(panel));
  });
  return details;
}

function tableOf(panel: Panel): HTMLElement {
  const { x, y, heat } = panel;
  const frame = document.createElement("div");
  frame.className = "scroll";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Numbers of the figure");
  frame.append(...listed(["curve", x.title, y.title], pointRows(panel)));
  if (heat !== undefined) frame.append(...listed([x.title, y.title, "colour"], heatRows(heat)));
  return frame;
}

function pointRows({ x, y, series }: Panel): string[][] {
  const words = (value: number, labels?: readonly string[]) => labels?.[value] ?? number(value, 6);
  const rows = (label: string, points: readonly (Point | null)[]) =>
    points.flatMap((point) => (point === null ? [] : [[label, words(point.x, x.labels), words(point.y, y.labels)]]));
  return series.flatMap((one) =>
    one.kind === "band"
      ? [...rows("lower edge", one.lower), ...rows("upper edge", one.upper)]
      : rows(one.label, one.points),
  );
}

function heatRows({ x, y, value }: NonNullable<Panel["heat"]>): string[][] {
  return value.map((one, i) => [number(x[i], 6), number(y[i], 6), number(one, 6)]);
}

/** A table of the first rows, and how many those are where there are more. */
function listed(header: readonly string[], rows: readonly (readonly string[])[]): (Node | string)[] {
  const table = document.createElement("table");
  addRow(table.createTHead(), header, "th");
  const body = table.createTBody();
  for (const row of rows.slice(0, mostRows)) addRow(body, row, "td");
  return rows.length > mostRows ? [table, `The first ${mostRows} of ${rows.length}.`] : [table];
}

function addRow(section: HTMLTableSectionElement, texts: readonly string[], kind: "th" | "td"): void {
  const row = section.insertRow();
  for (const text of texts) {
    const cell = document.createElement(kind);
    if (kind === "th") cell.setAttribute("scope", "col");
    cell.textContent = text;
    row.append(cell);
  }
}
