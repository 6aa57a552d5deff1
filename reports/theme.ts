import type { Chart, ChartConfiguration, ScaleOptionsByType } from "chart.js";

/** Okabe and Ito's palette: told apart by readers with any colour vision, and in print. */
export const colours = {
  black: "#000000",
  blue: "#0072B2",
  orange: "#E69F00",
  green: "#009E73",
  vermillion: "#D55E00",
  purple: "#CC79A7",
  sky: "#56B4E9",
  grey: "#7F7F7F",
} as const;

/** In the order in which series take them. */
export const cycle: readonly string[] = [
  colours.blue,
  colours.vermillion,
  colours.green,
  colours.purple,
  colours.orange,
  colours.sky,
  colours.black,
];

export const fontFamily = "DejaVu Sans";
export const fontSize = 15;

/** A colour made translucent, for bands: `opacity` 0 … 1. */
export function faded(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Series = ChartConfiguration<"scatter", Point[]>["data"]["datasets"][number];

export interface SeriesStyle {
  readonly dash?: readonly number[];
  readonly width?: number;
  /** Leave the series out of the legend. */
  readonly hidden?: boolean;
}

/** A curve through points. */
export function line(label: string, points: readonly Point[], colour: string, style: SeriesStyle = {}): Series {
  return {
    label: style.hidden ? "" : label,
    data: [...points],
    showLine: true,
    pointRadius: 0,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: style.width ?? 2,
    borderDash: [...(style.dash ?? [])],
  };
}

/** Separate marks. */
export function marks(
  label: string,
  points: readonly Point[],
  colour: string,
  style: {
    readonly radius?: number;
    readonly shape?: "circle" | "triangle" | "rect" | "crossRot";
    readonly hidden?: boolean;
  } = {},
): Series {
  return {
    label: style.hidden ? "" : label,
    data: [...points],
    showLine: false,
    pointRadius: style.radius ?? 5,
    pointStyle: style.shape ?? "circle",
    borderColor: colour,
    backgroundColor: faded(colour, 0.65),
    borderWidth: style.shape === "crossRot" ? 2.5 : 1,
  };
}

/** The area between two curves over the same abscissae, without a legend entry. */
export function band(lower: readonly Point[], upper: readonly Point[], colour: string): Series[] {
  const edge = { showLine: true, pointRadius: 0, borderWidth: 0, borderColor: "transparent", label: "" };
  return [
    { ...edge, data: [...lower], fill: false },
    { ...edge, data: [...upper], fill: "-1", backgroundColor: faded(colour, 0.18) },
  ];
}

/** A vertical bar from low to high at each abscissa: an interval, without a legend entry. */
export function intervals(bars: readonly { x: number; low: number; high: number }[], colour: string): Series[] {
  return bars.map(({ x, low, high }) =>
    line(
      "",
      [
        { x, y: low },
        { x, y: high },
      ],
      colour,
      { width: 2, hidden: true },
    ),
  );
}

export interface Axis {
  /** What is shown, with its unit in brackets. */
  readonly title: string;
  readonly scale?: "linear" | "logarithmic";
  readonly min?: number;
  readonly max?: number;
  readonly stepSize?: number;
  /** Leave ends without a label where they are no round numbers. */
  readonly openEnds?: boolean;
  /** Words at 0, 1, 2 … instead of numbers. */
  readonly labels?: readonly string[];
}

/** One chart: series over two numeric axes, a title above, the legend below. */
export function chart(
  title: string,
  x: Axis,
  y: Axis,
  series: readonly Series[],
  options: { readonly legend?: boolean } = {},
): ChartConfiguration<"scatter", Point[]> {
  return {
    type: "scatter",
    data: { datasets: [...series] },
    options: {
      animation: false,
      responsive: false,
      layout: { padding: { top: 4, right: 22, bottom: 4, left: 8 } },
      scales: { x: axis(x), y: axis(y) },
      plugins: {
        title: {
          display: true,
          text: title.split("\n"),
          font: { family: fontFamily, size: fontSize + 2 },
          color: "#111",
        },
        legend: {
          display: options.legend ?? true,
          position: "bottom",
          labels: {
            font: { family: fontFamily, size: fontSize },
            color: "#222",
            usePointStyle: true,
            boxHeight: 11,
            padding: 14,
            filter: ({ text }) => text !== "",
            generateLabels: legendLabels,
          },
        },
      },
    },
  };
}

/** Curves show as a piece of their line, marks as their mark. */
function legendLabels(target: Chart) {
  return target.data.datasets.map((dataset, datasetIndex) => {
    const series = dataset as Series;
    return {
      text: series.label ?? "",
      datasetIndex,
      fillStyle: series.backgroundColor as string,
      strokeStyle: series.borderColor as string,
      lineWidth: series.showLine ? 3 : 1.5,
      lineDash: series.borderDash?.length ? [4, 2] : [],
      pointStyle: (series.showLine ? "line" : (series.pointStyle ?? "circle")) as "line",
    };
  });
}

function axis({ title, scale = "linear", min, max, stepSize, openEnds = false, labels }: Axis) {
  const font = { family: fontFamily, size: fontSize };
  const options = {
    type: scale,
    min,
    max,
    title: { display: true, text: title, font, color: "#222" },
    grid: { color: "#E4E4E4" },
    border: { color: "#888" },
    ticks: {
      font: { family: fontFamily, size: fontSize - 2 },
      color: "#333",
      maxTicksLimit: scale === "logarithmic" ? 40 : 11,
      maxRotation: 0,
      includeBounds: !openEnds,
      ...(stepSize === undefined ? {} : { stepSize }),
      callback: labelsOf(scale, labels),
    },
  };
  return options as unknown as ScaleOptionsByType<"linear">;
}

function labelsOf(scale: Axis["scale"], labels: Axis["labels"]) {
  if (labels !== undefined) return (value: number) => labels[value] ?? "";
  return scale === "logarithmic" ? logarithmicLabel : linearLabel;
}

/** Bounds of a logarithmic axis that leave room around the values; only positive ones count. */
export function logarithmicBounds(values: readonly number[], room = 1.4): { min: number; max: number } {
  const shown = values.filter((value) => value > 0 && Number.isFinite(value));
  return { min: Math.min(...shown) / room, max: Math.max(...shown) * room };
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Labels at powers of ten, over less than two decades also at 2 and 5 times them. */
function logarithmicLabel(value: string | number, _index: number, ticks: readonly { value: number }[]): string {
  const number = Number(value);
  const power = Math.floor(Math.log10(number) + 1e-9);
  const unit = Number(`1e${power}`);
  const mantissa = Math.round(number / unit);
  const decades = Math.log10(ticks[ticks.length - 1].value / ticks[0].value);
  if (Math.abs(number / unit - mantissa) > 1e-9) return "";
  if (mantissa !== 1 && !(decades < 2 && (mantissa === 2 || mantissa === 5))) return "";
  if (power >= -4 && power <= 5) return linearLabel(number);
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join("");
  return `${mantissa === 1 ? "" : `${mantissa}·`}10${power < 0 ? "⁻" : ""}${digits}`;
}

/** A typographic minus, thousands grouped by thin spaces, no trailing noise from binary fractions. */
function linearLabel(value: string | number): string {
  const number = Number(Number(value).toPrecision(6));
  const text =
    Math.abs(number) >= 10_000 ? String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u2009") : String(number);
  return text.replace("-", "−");
}
