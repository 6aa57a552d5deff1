import "./report.css";
import { unpackFigures } from "../parts/render/packed-figures.js";
import { type DrawnPanel, drawPanel } from "./plot.js";
import { makeSortable } from "./sorting.js";
import { followTheme } from "./theme.js";

const figures = unpackFigures(document.getElementById("figures")?.textContent ?? "{}");
const drawn: DrawnPanel[] = [];

/** Panels are drawn when they come near the window: a long report opens at once. */
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target as HTMLElement);
  },
  { rootMargin: "600px" },
);

function draw(place: HTMLElement): void {
  nearby.unobserve(place);
  if (place.dataset.drawn !== undefined) return;
  place.dataset.drawn = "";
  const figure = figures[place.closest<HTMLElement>("figure")?.dataset.figure ?? ""];
  const panel = figure?.panels[Number(place.dataset.panel)];
  if (panel !== undefined) drawn.push(drawPanel(place, panel, theme.current()));
}

const theme = followTheme((ink) => {
  for (const panel of drawn) panel.redraw(ink);
});
const places = document.querySelectorAll<HTMLElement>(".panel");
for (const place of places) nearby.observe(place);
for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) makeSortable(table);

// Paper shows every panel, on white.
addEventListener("beforeprint", () => {
  for (const place of places) draw(place);
  for (const panel of drawn) panel.redraw("light");
});
addEventListener("afterprint", () => {
  for (const panel of drawn) panel.redraw(theme.current());
});
