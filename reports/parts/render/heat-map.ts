import type { Plugin } from "chart.js";
import { colourScales } from "../colours.js";
import { extent, type HeatMap } from "../panel.js";

/** Colours a chart's plane beneath its series: a cell around each point of a heat map. */
export function heatMapPlugin({ x, y, value, colours }: HeatMap): Plugin<"scatter"> {
  const colourOf = colourScales[colours];
  const [halfX, halfY] = [spacing(x) / 2, spacing(y) / 2];
  return {
    id: "heatMap",
    beforeDatasetsDraw({ ctx, scales, chartArea: { left, top, width, height } }) {
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
      // Whole pixels, so that no seam shows between two cells; where a pixel is several, or none, they overlap.
      const overlap = 0.5;
      const pixel = (scale: "x" | "y", at: number) => Math.round(scales[scale].getPixelForValue(at));
      value.forEach((height, i) => {
        if (height === null) return;
        ctx.fillStyle = colourOf(height);
        const [from, to] = [pixel("x", x[i] - halfX), pixel("x", x[i] + halfX)];
        const [bottom, above] = [pixel("y", y[i] - halfY), pixel("y", y[i] + halfY)];
        ctx.fillRect(from, above - overlap, to - from + overlap, bottom - above + overlap);
      });
      ctx.restore();
    },
  };
}

/** The distance between neighbours of a regular axis, whose values come repeatedly. */
function spacing(values: readonly number[]): number {
  const [low, high] = extent(values);
  return (high - low) / Math.max(1, new Set(values).size - 1);
}
