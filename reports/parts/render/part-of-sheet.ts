import type { SKRSContext2D } from "@napi-rs/canvas";

/** What draws on pixels, SVG and PDF alike. */
export type Pen = Omit<
  SKRSContext2D,
  "canvas" | "createPattern" | "drawCanvas" | "drawImage" | "getContextAttributes" | "getTransform"
>;

/** A rectangle on a sheet, in the sheet's units. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A rectangle of a sheet as a canvas of its own, whose context draws on the sheet: what Chart.js, which sizes, clears and
 * scales its canvas, needs to share one with others, be it pixels, SVG or a page of a PDF.
 */
export function partOfSheet(sheet: Pen, { width, height }: Place): HTMLCanvasElement {
  const nothing = () => {};
  // The sheet is blank, and keeps the place and scale that it has.
  const withheld: Readonly<Record<string, () => void>> = {
    clearRect: nothing,
    resetTransform: nothing,
    setTransform: nothing,
  };
  const context: Pen = new Proxy(sheet, {
    get(target, name) {
      if (name === "canvas") return canvas;
      if (typeof name === "string" && Object.hasOwn(withheld, name)) return withheld[name];
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  const canvas = { width, height, getContext: () => context };
  // Chart.js asks no more of a canvas where there is no document.
  return canvas as unknown as HTMLCanvasElement;
}
