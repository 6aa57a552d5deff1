import { createCanvas } from "@napi-rs/canvas";
import { Chart, type ChartConfiguration, registerables } from "chart.js";
import type { Panel } from "../panel.js";
import { chartOf, legendOf, titleSize } from "./chart.js";
import { type Pen, type Place, partOfSheet } from "./part-of-sheet.js";
import type { Named } from "./shared-legend.js";
import { registerFonts, wrap } from "./words.js";

Chart.register(...registerables);

/** Draws a panel onto its place on a blank sheet. */
export function drawPanel(sheet: Pen, panel: Panel, place: Place): void {
  draw(sheet, panelChart(panel, place.width), place);
}

/** The size of a panel's plane, without title, words and legend, in pixels. */
export function plotSize(panel: Panel, width: number, height: number): { width: number; height: number } {
  const { chartArea } = draw(nowhere(), panelChart(panel, width), { x: 0, y: 0, width, height });
  return { width: chartArea.width, height: chartArea.height };
}

/** Draws a legend onto its place on a blank sheet. */
export function drawLegend(sheet: Pen, series: readonly Named[], place: Place): void {
  // Chart.js leaves a legend no more than half of the height.
  draw(sheet, legendOf(series), { ...place, height: 2 * place.height });
}

/** The height that a legend takes at a width, in pixels. */
export function legendHeight(series: readonly Named[], width: number): number {
  const { legend } = draw(nowhere(), legendOf(series), { x: 0, y: 0, width, height: 1000 });
  return Math.ceil(legend?.height ?? 0);
}

function panelChart(panel: Panel, width: number): ChartConfiguration<"scatter"> {
  const lines = panel.title.split("\n").flatMap((line) => wrap(line, width - 20, titleSize, "bold"));
  return chartOf({ ...panel, title: lines.join("\n") });
}

/** Where nothing shows. */
const nowhere = () => createCanvas(1, 1).getContext("2d");

/** @returns the sizes that Chart.js has given to its parts */
function draw(
  sheet: Pen,
  configuration: ChartConfiguration<"scatter">,
  place: Place,
): Pick<Chart, "chartArea" | "legend"> {
  sheet.save();
  sheet.translate(place.x, place.y);
  const chart = new Chart(partOfSheet(sheet, place), configuration);
  const { chartArea, legend } = chart;
  chart.destroy();
  sheet.restore();
  return { chartArea, legend };
}

/** How many dark pixels an empty chart leaves with its title and axes: none where the canvas or its font is broken. */
export function drawnWords(): number {
  registerFonts();
  const [width, height] = [300, 200];
  const sheet = createCanvas(width, height).getContext("2d");
  sheet.fillStyle = "white";
  sheet.fillRect(0, 0, width, height);
  drawPanel(
    sheet,
    { title: "ringdown", x: { title: "x" }, y: { title: "y" }, series: [] },
    { x: 0, y: 0, width, height },
  );
  const { data } = sheet.getImageData(0, 0, width, height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 300) dark++;
  return dark;
}
