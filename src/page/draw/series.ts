import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { inks, shownColour, type Theme } from "../../../reports/page/theme.js";
import { colours } from "../../../reports/parts/colours.js";
import { axis } from "./axis.js";

/** The looks of the two learners' curves: told apart by dashes too. */
export const looks = [
  { name: "left", colour: colours.blue, dash: [] },
  { name: "right", colour: colours.vermillion, dash: [6, 4] },
] as const;

/** Points of a curve that are kept; of a longer one every other goes. */
const most = 1200;

/** Curves of two learners over the environment's steps. */
export class LiveSeries {
  readonly #place: HTMLElement;
  #plot: uPlot | undefined;
  #data: number[][] = [[], [], []];
  #stride = 1;
  #skipped = 0;
  #theme: Theme | undefined;
  /** Steps at which the world was changed. */
  #changes: number[] = [];

  constructor(
    readonly title: string,
    readonly logarithmic: boolean,
  ) {
    this.#place = document.createElement("div");
    this.#place.className = "series";
  }

  get element(): HTMLElement {
    return this.#place;
  }

  clear(): void {
    this.#data = [[], [], []];
    this.#stride = 1;
    this.#skipped = 0;
    this.#changes = [];
  }

  /** Draws a line where the world changes: now. */
  mark(): void {
    const [steps] = this.#data;
    if (steps.length > 0) this.#changes.push(steps[steps.length - 1]);
  }

  add(step: number, left: number, right: number): void {
    if (++this.#skipped < this.#stride) return;
    this.#skipped = 0;
    [step, left, right].forEach((value, k) => {
      this.#data[k].push(value);
    });
    if (this.#data[0].length < most) return;
    this.#data = this.#data.map((values) => values.filter((_, i) => i % 2 === 0));
    this.#stride *= 2;
  }

  draw(theme: Theme): void {
    const width = this.#place.clientWidth;
    if (width === 0) return;
    if (this.#plot === undefined || this.#theme !== theme || this.#plot.width !== width) {
      this.#plot?.destroy();
      this.#theme = theme;
      this.#plot = new uPlot(this.#options(theme, width), this.#shown(), this.#place);
    } else this.#plot.setData(this.#shown());
  }

  /** A logarithm has no place for zero, nor has a gap a value. */
  #shown(): uPlot.AlignedData {
    const shown = (value: number) => (Number.isFinite(value) && (!this.logarithmic || value > 0) ? value : null);
    const [steps, left, right] = this.#data;
    return [steps, left.map(shown), right.map(shown)];
  }

  #drawChanges({ ctx: context, bbox: { top, height }, valToPos }: uPlot, colour: string): void {
    context.save();
    context.strokeStyle = colour;
    context.lineWidth = devicePixelRatio;
    context.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    context.beginPath();
    for (const change of this.#changes) {
      const x = valToPos(change, "x", true);
      context.moveTo(x, top);
      context.lineTo(x, top + height);
    }
    context.stroke();
    context.restore();
  }

  #options(theme: Theme, width: number): uPlot.Options {
    return {
      width,
      height: 150,
      title: this.title,
      legend: { show: false },
      cursor: { show: false },
      hooks: { drawClear: [(plot) => this.#drawChanges(plot, inks[theme].title)] },
      scales: { x: { time: false }, y: this.logarithmic ? { distr: 3 } : {} },
      axes: [axis(theme, false), { ...axis(theme, this.logarithmic), size: 56 }],
      series: [
        {},
        ...looks.map(({ name, colour, dash }) => ({
          label: name,
          stroke: shownColour(colour, theme),
          width: 1.5,
          dash: [...dash],
          points: { show: false },
        })),
      ],
    };
  }
}
