import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { inks, shownColour, type Theme } from "../../../reports/page/theme.js";
import { colours } from "../../../reports/parts/colours.js";
import { bands } from "../../theory/bands.js";
import { element } from "../element.js";
import { axis } from "./axis.js";

/** How fast the mean of a GAN's samples goes to and fro: the amplitude of its motion over frequency. */
export class MeanSpectrum {
  readonly element = element("div", { class: "series" });
  #plot: uPlot | undefined;
  #theme: Theme | undefined;
  #data: uPlot.AlignedData = [[], []];

  /** @param points frequency and amplitude of each, one after the other */
  take(points: ArrayLike<number>): void {
    const coordinate = (offset: 0 | 1) => Array.from({ length: points.length / 2 }, (_, i) => points[2 * i + offset]);
    this.#data = [coordinate(0), coordinate(1)];
  }

  draw(theme: Theme): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    if (this.#plot === undefined || this.#theme !== theme || this.#plot.width !== width) {
      this.#plot?.destroy();
      this.#theme = theme;
      this.#plot = new uPlot(options(theme, width), this.#data, this.element);
    } else if (this.#plot.data !== this.#data) this.#plot.setData(this.#data);
  }
}

function options(theme: Theme, width: number): uPlot.Options {
  return {
    width,
    height: 190,
    title: "amplitude of the mean's motion by frequency (cycles a step), last half",
    legend: { show: false },
    cursor: { show: false },
    hooks: { drawClear: [(plot) => drawBands(plot, theme)] },
    scales: { x: { time: false, distr: 3, range: (_, low) => [Math.min(low ?? 0.01, 0.01), 0.5] }, y: { distr: 3 } },
    axes: [axis(theme, true), { ...axis(theme, true), size: 56 }],
    series: [{}, { label: "amplitude", stroke: shownColour(colours.blue, theme), width: 1.5, points: { show: false } }],
  };
}

/** The bands of the slow cycle and of the chatter, named. */
function drawBands({ ctx: context, bbox: { left, top, width, height }, valToPos }: uPlot, theme: Theme): void {
  const clamp = (x: number) => Math.min(Math.max(x, left), left + width);
  const edges = {
    "slow cycle": [left, valToPos(bands.slowCycle.to, "x", true)],
    chatter: [valToPos(bands.chatter.from, "x", true), left + width],
  };
  context.save();
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  for (const [name, [from, to]] of Object.entries(edges)) {
    context.fillStyle = inks[theme].grid;
    context.globalAlpha = 0.6;
    context.fillRect(clamp(from), top, clamp(to) - clamp(from), height);
    context.globalAlpha = 1;
    context.fillStyle = inks[theme].words;
    context.fillText(name, clamp(from) + 4 * devicePixelRatio, top + 14 * devicePixelRatio);
  }
  context.restore();
}
