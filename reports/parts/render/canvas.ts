import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import { Chart, registerables } from "chart.js";
import type { Panel } from "../panel.js";
import { chartOf } from "./chart.js";
import { fontFamily } from "./font.js";

Chart.register(...registerables);

let registered = false;

/**
 * The font that all charts use, from the package dejavu-fonts-ttf: without a registered font the canvas draws no text
 * and says nothing. Registered once.
 *
 * @throws Error when the font cannot be registered
 */
export function registerFonts(): void {
  if (registered) return;
  const folder = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  for (const face of ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]) {
    const path = join(folder, "ttf", face);
    if (!GlobalFonts.registerFromPath(path, fontFamily)) throw new Error(`${path}: the font cannot be registered`);
  }
  registered = true;
}

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

/** A rectangle on a sheet, in pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a panel onto a sheet. Chart.js sizes and clears its canvas, so it gets one of its own. */
export function drawPanel(sheet: SKRSContext2D, panel: Panel, { x, y, width, height }: Place): void {
  const canvas = createCanvas(width, height);
  const configuration = chartOf(panel);
  const plugins = [...(configuration.plugins ?? []), background];
  // Chart.js asks of a canvas what @napi-rs/canvas has; only the name of its type is another.
  const chart = new Chart(canvas as unknown as HTMLCanvasElement, { ...configuration, plugins });
  sheet.drawImage(canvas, x, y);
  chart.destroy();
}

/** How many dark pixels an empty chart leaves with its title and axes: none where the canvas or its font is broken. */
export function drawnWords(): number {
  registerFonts();
  const [width, height] = [300, 200];
  const sheet = createCanvas(width, height).getContext("2d");
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
