import { Chart, type ChartConfiguration, registerables, type TooltipItem } from "chart.js";
import zoom from "chartjs-plugin-zoom";
import type { Axis, Panel } from "../parts/panel.js";
import { chartOf } from "../parts/render/chart.js";
import { tickLabel } from "../parts/render/ticks.js";
import { number } from "../parts/text.js";
import { keysOf } from "./keys.js";
import { numbersOf } from "./numbers.js";
import { inks, type Theme, themed } from "./theme.js";

Chart.register(...registerables, zoom);

export interface DrawnPanel {
  redraw(theme: Theme): void;
}

/** Draws a panel into its place, with what answers to the mouse, the keyboard and a screen reader. */
export function drawPanel(place: HTMLElement, panel: Panel, theme: Theme): DrawnPanel {
  const plot = document.createElement("div");
  plot.className = "plot";
  const canvas = document.createElement("canvas");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", description(panel));
  plot.append(canvas);

  const tools = document.createElement("div");
  tools.className = "tools";
  const whole = document.createElement("button");
  whole.type = "button";
  whole.textContent = "Show all";
  whole.hidden = true;
  tools.append(whole);

  const showWhole = () => {
    whole.hidden = !chart.isZoomedOrPanned();
  };
  const draw = (now: Theme) => new Chart(canvas, configuration(panel, now, showWhole));
  let chart = draw(theme);
  whole.addEventListener("click", () => {
    chart.resetZoom("none");
    whole.hidden = true;
    canvas.focus();
  });
  canvas.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move(chart);
    showWhole();
  });
  const legend = keysOf(panel, theme, (series, visible) => {
    for (const index of datasetsOf(panel, series)) chart.setDatasetVisibility(index, visible);
    chart.update("none");
  });
  place.append(plot, legend.element, tools, numbersOf(panel));
  return {
    redraw(next) {
      const hidden = chart.data.datasets.map((_, i) => !chart.isDatasetVisible(i));
      chart.destroy();
      chart = draw(next);
      hidden.forEach((isHidden, i) => {
        if (isHidden) chart.setDatasetVisibility(i, false);
      });
      chart.update("none");
      whole.hidden = true;
      legend.recolour(next);
    },
  };
}

/** What the keys do on a chart that has the focus. */
const keys: Readonly<Record<string, (chart: Chart) => void>> = {
  "+": (chart) => chart.zoom(1.25, "none"),
  "-": (chart) => chart.zoom(0.8, "none"),
  "0": (chart) => chart.resetZoom("none"),
  ArrowLeft: (chart) => chart.pan({ x: 40 }, undefined, "none"),
  ArrowRight: (chart) => chart.pan({ x: -40 }, undefined, "none"),
  ArrowUp: (chart) => chart.pan({ y: 40 }, undefined, "none"),
  ArrowDown: (chart) => chart.pan({ y: -40 }, undefined, "none"),
};

function description({ title, x, y, series }: Panel): string {
  const shown = series.flatMap((one) => (one.kind !== "band" && one.label !== "" ? [one.label] : []));
  const curves = shown.length > 0 ? `, of ${shown.join("; ")}` : "";
  return `${title.replace(/\n/g, ", ")}: ${y.title} against ${x.title}${curves}. The numbers are in the table below.`;
}

/** The places of a series in the chart's list: a band takes two, its edges. */
function datasetsOf({ series }: Panel, wanted: number): number[] {
  let at = 0;
  for (let i = 0; i < wanted; i++) at += series[i].kind === "band" ? 2 : 1;
  return series[wanted].kind === "band" ? [at, at + 1] : [at];
}

/** The chart of the PNG, made wide as its place, with words in HTML instead, hints and zoom. */
function configuration(panel: Panel, theme: Theme, onZoom: () => void): ChartConfiguration<"scatter"> {
  const chart = chartOf(themed(panel, theme), inks[theme]);
  return {
    ...chart,
    options: {
      ...chart.options,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "nearest", intersect: false },
      plugins: {
        title: { display: false },
        legend: { display: false },
        tooltip: { filter: named, callbacks: { title: () => "", label: (item) => hint(item, panel) } },
        zoom: {
          zoom: {
            drag: { enabled: true, threshold: 8, backgroundColor: "rgba(0, 114, 178, 0.2)" },
            wheel: { enabled: true, modifierKey: "ctrl" },
            pinch: { enabled: true },
            mode: "xy",
            onZoomComplete: onZoom,
          },
        },
      },
    },
  };
}

/** Hints are for curves that the legend names, and for marks. */
const named = ({ dataset }: TooltipItem<"scatter">) => (dataset.label ?? "") !== "" || dataset.showLine === false;

function hint({ dataset, parsed }: TooltipItem<"scatter">, { x, y }: Panel): string {
  const label = dataset.label === undefined || dataset.label === "" ? "" : `${dataset.label}: `;
  return `${label}${coordinate(parsed.x, x)}, ${coordinate(parsed.y, y)}`;
}

function coordinate(value: number | null, axis: Axis): string {
  const words = axis.labels === undefined || value === null ? "" : tickLabel(axis)(value, 0, []);
  return words === "" ? `${axis.title} ${number(value, 5)}` : words;
}
