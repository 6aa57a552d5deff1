import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import type { ChartConfiguration } from "chart.js";
import { drawPanel } from "./panel.js";
import { chart, fontFamily } from "./theme.js";

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

/** The figure as PNG bytes: equal figures give equal bytes. */
export function renderFigure(figure: Figure): Buffer {
  registerFonts();
  const { columns, panels, panelWidth = 720, panelHeight = 520 } = figure;
  const width = 2 * margin + columns * panelWidth;
  const caption = wrap(figure.caption, width - 2 * margin, captionSize);
  const top = margin + titleSize + 12 + caption.length * (captionSize + 6) + 10;
  const height = top + Math.ceil(panels.length / columns) * panelHeight + margin / 2;

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
  panels.forEach((panel, i) => {
    const [x, y] = [margin + (i % columns) * panelWidth, top + Math.floor(i / columns) * panelHeight];
    drawPanel(context, panel as ChartConfiguration, { x, y, width: panelWidth, height: panelHeight });
  });
  return canvas.toBuffer("image/png");
}

/** How many dark pixels an empty chart leaves with its title and axes: none where the canvas or its font is broken. */
export function drawnWords(): number {
  registerFonts();
  const [width, height] = [300, 200];
  const context = createCanvas(width, height).getContext("2d");
  drawPanel(context, chart("ringdown", { title: "x" }, { title: "y" }, []) as ChartConfiguration, {
    x: 0,
    y: 0,
    width,
    height,
  });
  const { data } = context.getImageData(0, 0, width, height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 300) dark++;
  return dark;
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
