import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { fontFamily } from "./font.js";

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

/** A font in CSS. */
export const fontOf = (size: number, weight = "") => `${weight} ${size}px "${fontFamily}"`.trim();

/** The width of a text in pixels. */
export function widthOf(text: string, size: number, weight?: string): number {
  const context = createCanvas(1, 1).getContext("2d");
  context.font = fontOf(size, weight);
  return context.measureText(text).width;
}

/** Breaks a text into lines that fit a width in pixels, never beside an equals sign. */
export function wrap(text: string, width: number, size: number, weight?: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<!=) (?!=)/)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size, weight) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
