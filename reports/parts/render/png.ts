import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Figure } from "../findings.js";
import { type Sheet, sheetOf } from "./sheet.js";

/** The figure as PNG bytes at the size of a screen: equal figures give equal bytes. */
export function renderFigure(figure: Figure): Buffer {
  return drawFigure(figure).toBuffer("image/png");
}

/** The figure on a canvas of its size. */
export function drawFigure(figure: Figure): Canvas {
  return onCanvas(sheetOf(figure, { margin: 24, heading: true }), 1);
}

/** A sheet on white, so many pixels to its unit. */
export function onCanvas({ width, height, draw }: Sheet, scale: number): Canvas {
  const canvas = createCanvas(Math.round(scale * width), Math.round(scale * height));
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  draw(context);
  return canvas;
}
