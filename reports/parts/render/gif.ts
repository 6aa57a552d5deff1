import { createRequire } from "node:module";
import type { Canvas } from "@napi-rs/canvas";
import type { Figure } from "../findings.js";
import { drawFigure } from "./png.js";

/** The part of gifenc that animations use; the package ships no types. */
interface Gifenc {
  quantize(pixels: Uint8ClampedArray, colours: number): Palette;
  applyPalette(pixels: Uint8ClampedArray, palette: Palette): Uint8Array;
  GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { readonly palette?: Palette; readonly delay?: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  };
}
type Palette = readonly (readonly number[])[];

// Its exports carry no names that an import could see.
const { GIFEncoder, applyPalette, quantize }: Gifenc = createRequire(import.meta.url)("gifenc");

/** Of so many frames the colours are taken together. */
const sampledFrames = 6;

/**
 * Figures as the frames of an animated GIF that repeats for ever: equal figures give equal bytes. All frames share one
 * palette of 256 colours, so that nothing flickers, and the size of the first.
 *
 * @throws RangeError without a frame
 */
export function renderAnimation(figures: readonly Figure[]): Uint8Array {
  return encodeAnimation(figures.map(drawFigure), { frameDelay: 120, lastDelay: 2000 });
}

/**
 * Canvases as the frames of an animated GIF, likewise.
 *
 * @param delays how long a frame stays, and the last one, in milliseconds
 */
export function encodeAnimation(
  canvases: readonly Canvas[],
  { frameDelay, lastDelay }: { readonly frameDelay: number; readonly lastDelay: number },
): Uint8Array {
  if (canvases.length === 0) throw new RangeError("expected at least one frame, found none");
  const frames = canvases.map((canvas) => {
    const { width, height } = canvas;
    return { width, height, data: canvas.getContext("2d").getImageData(0, 0, width, height).data };
  });
  const [{ width, height }] = frames;
  const stride = Math.ceil(frames.length / sampledFrames);
  const sampled = frames.filter((_, i) => i % stride === 0 || i === frames.length - 1);
  const pixels = new Uint8ClampedArray(sampled.reduce((size, { data }) => size + data.length, 0));
  let at = 0;
  for (const { data } of sampled) {
    pixels.set(data, at);
    at += data.length;
  }
  const palette = quantize(pixels, 256);
  const gif = GIFEncoder();
  frames.forEach(({ data }, i) => {
    const delay = i === frames.length - 1 ? lastDelay : frameDelay;
    gif.writeFrame(applyPalette(data, palette), width, height, { delay, ...(i === 0 ? { palette } : {}) });
  });
  gif.finish();
  return gif.bytes();
}
