import { z } from "zod";
import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import { defineTarget } from "./definition.js";
import type { Mixture, Target } from "./target.js";

/** `modes` Gaussians evenly on a circle, the first at (radius, 0). */
export function ring(modes: number, radius: number, deviation: number): Mixture {
  const centres = new Float64Array(2 * modes);
  for (let mode = 0; mode < modes; mode++) {
    const angle = (2 * Math.PI * mode) / modes;
    centres[2 * mode] = radius * cosine(angle);
    centres[2 * mode + 1] = radius * sine(angle);
  }
  return { centres, deviation };
}

/** side × side Gaussians on a square grid around the origin. */
export function grid(side: number, spacing: number, deviation: number): Mixture {
  const centres = new Float64Array(2 * side * side);
  for (let mode = 0; mode < side * side; mode++) {
    centres[2 * mode] = spacing * ((mode % side) - (side - 1) / 2);
    centres[2 * mode + 1] = spacing * (Math.floor(mode / side) - (side - 1) / 2);
  }
  return { centres, deviation };
}

/** Fills `out` [rows, 2] with independent samples: normals around centres of modes drawn alike, all normals first. */
export function sampleMixture(
  { centres, deviation }: Mixture,
  stream: RandomStream,
  out: Float32Array,
  rows: number,
): void {
  const modes = centres.length / 2;
  stream.fillNormal(out, 0, deviation, 2 * rows);
  for (let row = 0; row < rows; row++) {
    const mode = stream.integer(modes);
    out[2 * row] += centres[2 * mode];
    out[2 * row + 1] += centres[2 * mode + 1];
  }
}

const positive = z.number().positive();

export const ringTarget = defineTarget({
  description: "a 2D GAN on a ring of Gaussians (8 modes)",
  schema: z.strictObject({
    name: z.literal("ring"),
    modes: z.int().positive().max(1_000_000).default(8).describe("Gaussians on the circle"),
    radius: positive.default(2).describe("of the circle"),
    deviation: positive.default(0.02).describe("σ of every mode"),
  }),
  create: ({ modes, radius, deviation }) => ofModes(ring(modes, radius, deviation)),
});

export const gridTarget = defineTarget({
  description: "a 2D GAN on a square grid of Gaussians (25 modes)",
  schema: z.strictObject({
    name: z.literal("grid"),
    side: z.int().positive().max(1000).default(5).describe("modes along one side"),
    spacing: positive.default(2).describe("between neighbours"),
    deviation: positive.default(0.05).describe("σ of every mode"),
  }),
  create: ({ side, spacing, deviation }) => ofModes(grid(side, spacing, deviation)),
});

function ofModes(mixture: Mixture): Target {
  return { mixture, sample: (stream, out, rows) => sampleMixture(mixture, stream, out, rows) };
}
