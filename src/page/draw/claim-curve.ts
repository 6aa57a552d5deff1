import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { shownColour, type Theme } from "../../../reports/page/theme.js";
import { colours } from "../../../reports/parts/colours.js";
import { element } from "../element.js";
import { axis } from "./axis.js";

/** Points that are drawn of a longer curve. */
const most = 1500;

/** Columns that are positive and go over orders of magnitude. */
const isLogarithmic = (column: string) => /^(loss|distance|square|normalisedStep|objective)/.test(column);

/** A range for a logarithm, of at most twelve decades: uPlot finds no ticks below 10⁻¹⁶, and looks for ever. */
function decades(low: number | null, high: number | null): [number, number] {
  // Of nothing the bounds are null, or the infinities the wrong way round.
  if (low === null || high === null || !(low <= high)) return [0.1, 1];
  const top = Math.max(high * 1.3, 1e-14);
  return [Math.max(low / 1.3, top * 1e-12, 1e-15), top];
}

/** One column of a run, step by step, and its closed form. */
export class ClaimCurve {
  readonly element = element("div", { class: "series" });
  #rows: number[] = [];
  #column = "";
  #law: string | undefined;
  #plot: uPlot | undefined;
  #drawnAs = "";
  #drawn = -1;

  begin(column: string, law: string | undefined): void {
    this.#rows = [];
    this.#drawn = -1;
    this.#column = column;
    this.#law = law;
  }

  /** @param rows step, value and closed form of each new step */
  take(rows: ArrayLike<number>): void {
    for (let i = 0; i < rows.length; i++) this.#rows.push(rows[i]);
  }

  draw(theme: Theme): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    const drawnAs = JSON.stringify([theme, width, this.#column, this.#law]);
    if (this.#plot === undefined || drawnAs !== this.#drawnAs) {
      this.#plot?.destroy();
      this.#drawnAs = drawnAs;
      this.#plot = new uPlot(this.#options(theme, width), this.#shown(), this.element);
    } else if (this.#drawn !== this.#rows.length) this.#plot.setData(this.#shown());
    this.#drawn = this.#rows.length;
  }

  /** Steps evenly over the axis, which is logarithmic: the first ones are all drawn. */
  #shown(): uPlot.AlignedData {
    const count = this.#rows.length / 3;
    const shown = (value: number) =>
      Number.isFinite(value) && (!isLogarithmic(this.#column) || value > 0) ? value : null;
    const chosen: number[] = [];
    for (let i = 0; i < count; i = Math.max(i + 1, Math.floor(i * (1 + 12 / most)))) chosen.push(i);
    if (count > 0 && chosen.at(-1) !== count - 1) chosen.push(count - 1);
    return [
      chosen.map((i) => this.#rows[3 * i]),
      chosen.map((i) => shown(this.#rows[3 * i + 1])),
      chosen.map((i) => shown(this.#rows[3 * i + 2])),
    ];
  }

  #options(theme: Theme, width: number): uPlot.Options {
    const logarithmic = isLogarithmic(this.#column);
    const line = { points: { show: false } };
    return {
      width,
      height: 340,
      title: `${this.#column} over steps`,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, distr: 3, range: (_, __, last) => [1, Math.max(10, last ?? 10)] },
        y: logarithmic ? { distr: 3, range: (_, low, high) => decades(low, high) } : {},
      },
      axes: [axis(theme, true), { ...axis(theme, logarithmic), size: 60 }],
      series: [
        {},
        { ...line, label: "run", stroke: colours.sky, width: 4 },
        {
          ...line,
          label: "closed form",
          stroke: shownColour(colours.black, theme),
          width: 1.5,
          dash: [7, 5],
        },
      ],
    };
  }
}
