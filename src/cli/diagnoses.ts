import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { shorten } from "./paths.js";

// Each diagnosis returns what it found in words, or throws saying what is wrong.

/** The font that reports draw with; a canvas without one draws no text and says nothing. */
export function fontPath(): string {
  return shorten(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
}

/** Draws a chart as reports do, by all that they load, and counts the dark pixels that its words left. */
export async function chartsDraw(): Promise<string> {
  const { drawnWords } = await import("../../reports/parts/render/canvas.js");
  const inked = drawnWords();
  if (inked === 0) throw new Error("the canvas draws no text");
  return `draws a chart (${inked} dark pixels in its words)`;
}

/** One dense layer, worked by hand: 1·2 + 3·4 + 0.5 = 14.5. */
export async function engineComputes(name: string): Promise<string> {
  const { createEngine } = await import("../kernels/create.js");
  const engine = createEngine(name);
  const vector = (...values: number[]) => {
    const allocated = engine.allocate(values.length);
    allocated.set(values);
    return allocated;
  };
  const shape = { rows: 1, inputs: 2, outputs: 1, activation: "identity", slope: 0 } as const;
  const output = vector(0);
  engine.denseForward(shape, vector(1, 3), vector(2, 4), vector(0.5), output);
  if (output[0] !== 14.5) throw new Error(`computes 1·2 + 3·4 + 0.5 = ${output[0]}`);
  return "computes";
}

/** Where results would be made: the folder itself, or the nearest one above it that is there. */
export async function parentOfResults(): Promise<string> {
  let folder = resolve("results");
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) throw new Error(`${shorten(folder)} is a file, not a folder`);
  await rm(await mkdtemp(join(folder, ".ringdown-doctor-")), { recursive: true });
  return `${shorten(resolve("results"))} can be written`;
}
