import type { Plugin } from "chart.js";

/** Values on a regular grid of points, in any order. */
export interface Grid {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

/**
 * Colours a chart's plane beneath its series: a cell around each point of a grid.
 *
 * @param colour of a value, in CSS; a value that is not finite is left white
 */
export function heatMap({ x, y, value }: Grid, colour: (value: number) => string): Plugin<"scatter"> {
  const [halfX, halfY] = [spacing(x) / 2, spacing(y) / 2];
  return {
    id: "heatMap",
    beforeDatasetsDraw({ ctx, scales, chartArea: { left, top, width, height } }) {
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
      // Whole pixels, so that no seam shows between two cells.
      const pixel = (scale: "x" | "y", at: number) => Math.round(scales[scale].getPixelForValue(at));
      for (let i = 0; i < value.length; i++) {
        if (!Number.isFinite(value[i])) continue;
        ctx.fillStyle = colour(value[i]);
        const [from, to] = [pixel("x", x[i] - halfX), pixel("x", x[i] + halfX)];
        const [bottom, above] = [pixel("y", y[i] - halfY), pixel("y", y[i] + halfY)];
        ctx.fillRect(from, above, to - from, bottom - above);
      }
      ctx.restore();
    },
  };
}

/** The distance between neighbours of a regular axis, whose values come repeatedly. */
function spacing(values: ArrayLike<number>): number {
  const [low, high] = extent(values);
  return (high - low) / Math.max(1, new Set(Array.from(values)).size - 1);
}

/** The least and the largest value. */
export function extent(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}

/** Between two colours of hexadecimal red, green and blue: the first at 0, the second at 1. */
export function blend(from: string, to: string, share: number): string {
  const channel = (colour: string, k: number) => Number.parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mixed = [0, 1, 2].map((k) => Math.round(channel(from, k) + share * (channel(to, k) - channel(from, k))));
  return `rgb(${mixed.join(", ")})`;
}
