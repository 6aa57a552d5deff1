import { element } from "./element.js";
import type { Inspection } from "./messages.js";

/** Fills a table with measures beside what they are compared with. */
export function showMeasures(
  table: HTMLTableElement,
  rows: Inspection["table"],
  heads: readonly [measured: string, predicted: string],
): void {
  const head = ["measure", ...heads].map((name) => element("th", { scope: "col" }, name));
  const body = rows.map(({ name, measured, predicted }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...[measured, predicted].map((value) => element("td", {}, digits(value))),
    ),
  );
  table.hidden = rows.length === 0;
  table.replaceChildren(element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}

const digits = (value: number | null) => (value === null ? "–" : String(Number(value.toPrecision(5))));
