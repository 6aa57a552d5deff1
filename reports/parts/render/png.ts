import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Figure } from "../findings.js";
import { drawPanel, registerFonts } from "./canvas.js";
import { fontFamily } from "./font.js";

const margin = 24;
const titleSize = 24;
const captionSize = 16;

/** The figure as PNG bytes: equal figures give equal bytes. */
export function renderFigure(figure: Figure): Buffer {
  return drawFigure(figure).toBuffer("image/png");
}

/** The figure on a canvas of its size. */
export function drawFigure(figure: Figure): Canvas {
  registerFonts();
  const { columns, panels, panelWidth = 720, panelHeight = 520 } = figure;
  const width = 2 * margin + columns * panelWidth;
  const title = wrap(figure.title, width - 2 * margin, titleSize, "bold");
  const caption = wrap(figure.caption, width - 2 * margin, captionSize);
  const captionTop = margin + title.length * (titleSize + 6) + 6;
  const top = captionTop + caption.length * (captionSize + 6) + 10;
  const height = top + Math.ceil(panels.length / columns) * panelHeight + margin / 2;

  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.textBaseline = "top";
  context.fillStyle = "#111";
  context.font = fontOf(titleSize, "bold");
  title.forEach((text, i) => {
    context.fillText(text, margin, margin + i * (titleSize + 6));
  });
  context.fillStyle = "#444";
  context.font = fontOf(captionSize);
  caption.forEach((text, i) => {
    context.fillText(text, margin, captionTop + i * (captionSize + 6));
  });
  panels.forEach((panel, i) => {
    const [x, y] = [margin + (i % columns) * panelWidth, top + Math.floor(i / columns) * panelHeight];
    drawPanel(context, panel, { x, y, width: panelWidth, height: panelHeight });
  });
  return canvas;
}

/** A font in CSS. */
export const fontOf = (size: number, weight = "") => `${weight} ${size}px "${fontFamily}"`.trim();

/** Breaks a text into lines that fit a width in pixels. */
export function wrap(text: string, width: number, size: number, weight?: string): string[] {
  const context = createCanvas(1, 1).getContext("2d");
  context.font = fontOf(size, weight);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && context.measureText(`${last} ${word}`).width <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
