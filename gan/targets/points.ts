import { z } from "zod";
import { InputError } from "../../src/config/input-error.js";
import { sha256 } from "../../src/study/digest.js";
import { defineTarget } from "./definition.js";
import { readPoints } from "./points-file.js";
import type { Target } from "./target.js";

const pointsSchema = z.strictObject({
  name: z.literal("points"),
  file: z
    .string()
    .min(1)
    .describe("CSV of two columns; relative to the study file, or to the working directory without one"),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "expected 64 hex digits in lower case")
    .optional()
    .describe("of the file's bytes: filled in, so that other points are another run; checked where written"),
});
type PointsOptions = z.output<typeof pointsSchema>;

/**
 * The options with the digest of the file, as a run's identity needs it; the file is read to its end and must be right.
 *
 * @param folder what a relative path is relative to
 * @throws InputError where the file cannot be read, holds no points, or is another one than `sha256` says
 */
export function withDigest<Options extends PointsOptions>(options: Options, folder: string): Options {
  return { ...options, sha256: read(options, folder).sha256 };
}

/** Points of a CSV file, two numbers a row, each as likely as the others, drawn with replacement. */
export const pointsTarget = defineTarget({
  description: "a 2D GAN on the points of a CSV file (game.file)",
  schema: pointsSchema,
  resolve: withDigest,
  create: points,
});

/** A target that draws from a file's points, each as likely as the others, with replacement. */
export function points(options: PointsOptions, folder: string): Target {
  const { coordinates } = read(options, folder);
  const count = coordinates.length / 2;
  return {
    sample(stream, out, rows) {
      for (let row = 0; row < rows; row++) {
        const index = stream.integer(count);
        out[2 * row] = coordinates[2 * index];
        out[2 * row + 1] = coordinates[2 * index + 1];
      }
    },
  };
}

function read({ file, sha256: expected }: PointsOptions, folder: string) {
  const bytes = readPoints(file, folder);
  const found = sha256(bytes);
  if (expected !== undefined && expected !== found) {
    throw new InputError(`game.file: ${file}: expected the file whose sha256 is ${expected}, found ${found}`);
  }
  return { sha256: found, coordinates: parsePoints(new TextDecoder().decode(bytes), `game.file: ${file}`) };
}

/**
 * Points from the text of a CSV file: two columns separated by a comma, at most one line of headings (no field of
 * which is a number) before them; blank lines count for nothing.
 *
 * @returns x₀ y₀ x₁ y₁ …
 * @throws InputError naming source and line, what was expected and what was found
 */
export function parsePoints(text: string, source: string): Float32Array {
  const coordinates: number[] = [];
  let first = true;
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .forEach((line, index) => {
      if (line.trim() === "") return;
      const fields = line.split(",").map((field) => field.trim());
      const refuse = (expected: string, found: string) => {
        throw new InputError(`${source}: line ${index + 1}: expected ${expected}, found ${found}`);
      };
      if (fields.length !== 2) refuse("two columns, x,y", fields.length === 1 ? "one" : `${fields.length}`);
      const heading = first && !fields.some(isNumeric);
      first = false;
      if (heading) return;
      for (const field of fields) {
        const value = Math.fround(Number(field));
        if (field === "" || !Number.isFinite(value)) refuse("a finite number", JSON.stringify(field));
        coordinates.push(value);
      }
    });
  if (coordinates.length === 0) throw new InputError(`${source}: expected at least one point, found none`);
  return Float32Array.from(coordinates);
}

/** Whether a field means a number, be it one that is not finite or is missing: then it is no heading. */
function isNumeric(field: string): boolean {
  return field === "" || /^[-+]?(nan|na|inf|infinity)$/i.test(field) || !Number.isNaN(Number(field));
}
