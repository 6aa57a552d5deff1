import { createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { Chart, type ChartConfiguration, registerables } from "chart.js";

Chart.register(...registerables);

/** White behind everything that a chart draws. */
const background = {
  id: "background",
  beforeDraw({ ctx, width, height }: Chart) {
    ctx.save();
    ctx.globalCompositeOperation = "destination-over";
    ctx.fillStyle = "white";
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

/** Draws a chart of a size in pixels onto a sheet, its upper left corner at (x, y). */
export function drawPanel(
  sheet: SKRSContext2D,
  configuration: ChartConfiguration,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const canvas = createCanvas(width, height);
  const plugins = [...(configuration.plugins ?? []), background];
  // Chart.js asks of a canvas what @napi-rs/canvas has; only the name of its type is another.
  const chart = new Chart(canvas as unknown as HTMLCanvasElement, { ...configuration, plugins });
  sheet.drawImage(canvas, x, y);
  chart.destroy();
}
