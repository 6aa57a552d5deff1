import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCanvas, GlobalFonts, loadImage } from "@napi-rs/canvas";
import type { ChartConfiguration } from "chart.js";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import { fontFamily } from "./theme.js";

/** A picture of one or more charts under a common heading. */
export interface Figure {
  /** File name, without the folder; ends in `.png`. */
  readonly file: string;
  readonly title: string;
  /** One or two sentences under the title: what to look for. */
  readonly caption: string;
  readonly columns: number;
  readonly panels: readonly ChartConfiguration<"scatter", { x: number; y: number }[]>[];
  /** Size of one panel, in pixels. */
  readonly panelWidth?: number;
  readonly panelHeight?: number;
}

const margin = 24;
const titleSize = 24;
const captionSize = 16;

let renderers: Map<string, ChartJSNodeCanvas> | undefined;

/**
 * The font that all charts use, from the package dejavu-fonts-ttf: without a registered font the canvas draws no text
 * and says nothing.
 *
 * @throws Error when the font cannot be registered
 */
export function registerFonts(): void {
  const folder = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  for (const face of ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]) {
    const path = join(folder, "ttf", face);
    if (!GlobalFonts.registerFromPath(path, fontFamily)) throw new Error(`${path}: the font cannot be registered`);
  }
}

function renderer(width: number, height: number): ChartJSNodeCanvas {
  if (renderers === undefined) {
    registerFonts();
    renderers = new Map();
  }
  const key = `${width}x${height}`;
  let found = renderers.get(key);
  if (found === undefined) {
    found = new ChartJSNodeCanvas({ width, height, backgroundColour: "white" });
    renderers.set(key, found);
  }
  return found;
}

/** The figure as PNG bytes: equal figures give equal bytes. */
export async function renderFigure(figure: Figure): Promise<Buffer> {
  const { columns, panels, panelWidth = 720, panelHeight = 520 } = figure;
  const width = 2 * margin + columns * panelWidth;
  const caption = wrap(figure.caption, width - 2 * margin, captionSize);
  const top = margin + titleSize + 12 + caption.length * (captionSize + 6) + 10;
  const height = top + Math.ceil(panels.length / columns) * panelHeight + margin / 2;
  const charts = renderer(panelWidth, panelHeight);

  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#111";
  context.textBaseline = "top";
  context.font = `bold ${titleSize}px "${fontFamily}"`;
  context.fillText(figure.title, margin, margin);
  context.fillStyle = "#444";
  context.font = `${captionSize}px "${fontFamily}"`;
  caption.forEach((text, i) => {
    context.fillText(text, margin, margin + titleSize + 12 + i * (captionSize + 6));
  });
  for (const [i, panel] of panels.entries()) {
    const picture = await loadImage(charts.renderToBufferSync(panel as ChartConfiguration, "image/png"));
    context.drawImage(picture, margin + (i % columns) * panelWidth, top + Math.floor(i / columns) * panelHeight);
  }
  return canvas.toBuffer("image/png");
}

/** Breaks a text into lines that fit a width in pixels. */
function wrap(text: string, width: number, size: number): string[] {
  const context = createCanvas(1, 1).getContext("2d");
  context.font = `${size}px "${fontFamily}"`;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && context.measureText(`${last} ${word}`).width <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
