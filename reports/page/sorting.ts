import { numberOf } from "../parts/text.js";

/** Makes a table's columns sortable by a button in each head: numbers by size, texts by the alphabet. */
export function makeSortable(table: HTMLTableElement): void {
  const [body] = table.tBodies;
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined || body.rows.length < 2) return;
  const original = [...body.rows];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" } as const;
      const order = next[(head.getAttribute("aria-sort") ?? "none") as keyof typeof next];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (order !== "none") head.setAttribute("aria-sort", order);
      body.append(...(order === "none" ? original : sorted(original, column, order === "descending")));
    });
  });
}

function sorted(rows: readonly HTMLTableRowElement[], column: number, descending: boolean): HTMLTableRowElement[] {
  const text = (row: HTMLTableRowElement) => row.cells[column]?.textContent ?? "";
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [numberOf(text(a)), numberOf(text(b))];
    // Where there is no number, the row goes last either way.
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (Number.isNaN(x) && Number.isNaN(y)) return sign * text(a).localeCompare(text(b), "en");
      return Number.isNaN(x) ? 1 : -1;
    }
    return sign * (x - y);
  });
}
