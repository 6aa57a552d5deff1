import type { Chart, ChartConfiguration, ScriptableScaleContext } from "chart.js";
import { faded } from "../colours.js";
import type { Axis, Band, Line, Marks, Panel, Series } from "../panel.js";
import { fontFamily } from "./font.js";
import { heatMapPlugin } from "./heat-map.js";
import { tickLabel } from "./ticks.js";

const fontSize = 15;
/** Of a panel's title, in pixels. */
export const titleSize = fontSize + 2;

type Configuration = ChartConfiguration<"scatter", { x: number; y: number }[]>;
type Dataset = Configuration["data"]["datasets"][number];
type Scale = NonNullable<NonNullable<Configuration["options"]>["scales"]>[string];

/** The colours of words, rules and frames. */
export interface Ink {
  readonly title: string;
  readonly words: string;
  readonly ticks: string;
  readonly grid: string;
  /** Of a logarithmic axis, between powers of ten. */
  readonly minorGrid: string;
  readonly border: string;
}

/** On white. */
export const paperInk: Ink = {
  title: "#111",
  words: "#222",
  ticks: "#333",
  grid: "#DDDDDD",
  minorGrid: "#F0F0F0",
  border: "#888",
};

/** A panel as Chart.js draws it. */
export function chartOf({ title, x, y, series, heat }: Panel, ink: Ink = paperInk): Configuration {
  return {
    type: "scatter",
    data: { datasets: series.flatMap(datasetsOf) },
    plugins: heat === undefined ? [] : [heatMapPlugin(heat)],
    options: {
      animation: false,
      responsive: false,
      layout: { padding: { top: 4, right: 22, bottom: 4, left: 8 } },
      scales: { x: scaleOf(x, ink), y: scaleOf(y, ink) },
      plugins: {
        title: {
          display: true,
          text: title.split("\n"),
          font: { family: fontFamily, size: titleSize },
          color: ink.title,
        },
        legend: {
          display: series.some((one) => one.kind !== "band" && one.label !== ""),
          position: "bottom",
          labels: {
            font: { family: fontFamily, size: fontSize },
            color: ink.words,
            usePointStyle: true,
            boxHeight: 11,
            padding: 14,
            filter: ({ text }) => text !== "",
            generateLabels: (target: Chart) => legendLabels(target, ink),
          },
        },
      },
    },
  };
}

/** A legend alone as Chart.js draws it, with the signs that it has below a panel, at the top of its canvas. */
export function legendOf(series: readonly (Line | Marks)[]): Configuration {
  const nowhere = { title: "" };
  const signs = series.map((one) => ({ ...one, points: [] }));
  const { options, ...chart } = chartOf({ title: "", x: nowhere, y: nowhere, series: signs });
  const hidden = { display: false };
  const legend = { ...options?.plugins?.legend, position: "top" as const };
  const plugins = { ...options?.plugins, legend, title: hidden };
  return { ...chart, options: { ...options, layout: {}, scales: { x: hidden, y: hidden }, plugins } };
}

function datasetsOf(series: Series): Dataset[] {
  if (series.kind === "line") return [lineDataset(series)];
  return series.kind === "marks" ? [marksDataset(series)] : bandDatasets(series);
}

const gap = { x: Number.NaN, y: Number.NaN };
const dataOf = (points: Line["points"]) => points.map((point) => point ?? gap);

function lineDataset({ label, points, colour, width = 2, dash = [] }: Line): Dataset {
  return {
    label,
    data: dataOf(points),
    showLine: true,
    pointRadius: 0,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: width,
    borderDash: [...dash],
  };
}

function marksDataset({ label, points, colour, radius = 5, shape = "circle" }: Marks): Dataset {
  return {
    label,
    data: dataOf(points),
    showLine: false,
    pointRadius: radius,
    pointStyle: shape === "ring" ? "circle" : shape,
    borderColor: colour,
    backgroundColor: shape === "ring" ? "transparent" : faded(colour, 0.65),
    borderWidth: shape === "crossRot" || shape === "ring" ? 2.5 : 1,
  };
}

function bandDatasets({ lower, upper, colour }: Band): Dataset[] {
  const edge = { showLine: true, pointRadius: 0, borderWidth: 0, borderColor: "transparent", label: "" };
  return [
    { ...edge, data: dataOf(lower), fill: false },
    { ...edge, data: dataOf(upper), fill: "-1", backgroundColor: faded(colour, 0.18) },
  ];
}

/** Curves show as a piece of their line, marks as their mark. */
function legendLabels(target: Chart, ink: Ink) {
  return target.data.datasets.map((dataset, datasetIndex) => {
    const series = dataset as Dataset;
    return {
      text: series.label ?? "",
      fontColor: ink.words,
      datasetIndex,
      fillStyle: series.backgroundColor as string,
      strokeStyle: series.borderColor as string,
      lineWidth: series.showLine ? 3 : 1.5,
      lineDash: series.borderDash?.length ? [4, 2] : [],
      pointStyle: (series.showLine ? "line" : (series.pointStyle ?? "circle")) as "line",
    };
  });
}

function scaleOf(axis: Axis, ink: Ink): Scale {
  const { title, scale = "linear", min, max, stepSize, openEnds = false, labels } = axis;
  const font = { family: fontFamily, size: fontSize };
  return {
    type: scale,
    min,
    max,
    title: { display: true, text: title, font, color: ink.words },
    grid: {
      color: ({ tick }: ScriptableScaleContext) =>
        scale === "logarithmic" && tick?.major !== true ? ink.minorGrid : ink.grid,
    },
    border: { color: ink.border },
    ticks: {
      font: { family: fontFamily, size: fontSize - 2 },
      color: ink.ticks,
      // Every word of an axis is shown.
      autoSkip: labels === undefined,
      maxTicksLimit: scale === "logarithmic" ? 40 : Math.max(11, (labels?.length ?? 0) + 2),
      maxRotation: 0,
      includeBounds: !openEnds,
      ...(stepSize === undefined ? {} : { stepSize }),
      callback: tickLabel(axis),
    },
  };
}
