import { InputError } from "../../src/config/input-error.js";

// Stands in for points-file.ts in a browser, which has no files.

const files = new Map<string, Uint8Array>();

/** Keeps points, as the text of a CSV file, under a name that configurations can give as `game.file`. */
export function keepPoints(file: string, text: string): void {
  files.set(file, new TextEncoder().encode(text));
}

/** See `points-file.ts`. */
export function readPoints(file: string): Uint8Array {
  const bytes = files.get(file);
  if (bytes === undefined) throw new InputError(`game.file: ${file}: no points are kept under this name`);
  return bytes;
}
