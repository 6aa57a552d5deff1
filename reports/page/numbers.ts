import type { Panel, Point } from "../parts/panel.js";
import { number } from "../parts/text.js";

/** Of a curve, so many points are listed; the files beside the page hold the rest. */
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

function tableOf({ x, y, series, heat }: Panel): HTMLElement {
  const table = document.createElement("table");
  addRow(table.createTHead(), ["curve", x.title, y.title], "th");
  const body = table.createTBody();
  const words = (value: number, labels?: readonly string[]) => labels?.[value] ?? number(value, 6);
  const add = (label: string, points: readonly (Point | null)[]) => {
    for (const point of points) {
      if (point === null || body.rows.length >= mostRows) continue;
      addRow(body, [label, words(point.x, x.labels), words(point.y, y.labels)], "td");
    }
  };
  for (const one of series) {
    if (one.kind === "band") {
      add("lower edge", one.lower);
      add("upper edge", one.upper);
    } else add(one.label, one.points);
  }
  const frame = document.createElement("div");
  frame.className = "scroll";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Numbers of the figure");
  frame.append(table);
  if (heat !== undefined) frame.append(heatTable(heat, x.title, y.title));
  if (body.rows.length >= mostRows) frame.append(`The first ${mostRows} points.`);
  return frame;
}

function heatTable(heat: NonNullable<Panel["heat"]>, x: string, y: string): HTMLElement {
  const table = document.createElement("table");
  addRow(table.createTHead(), [x, y, "colour"], "th");
  const body = table.createTBody();
  heat.value.slice(0, mostRows).forEach((value, i) => {
    addRow(body, [number(heat.x[i], 6), number(heat.y[i], 6), number(value, 6)], "td");
  });
  return table;
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
