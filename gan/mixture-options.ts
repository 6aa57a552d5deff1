import { z } from "zod";
import { moons, moonsSchema, spiral, spiralSchema, swissRoll, swissRollSchema } from "./curves.js";
import { grid, type Mixture, ring, sampleMixture } from "./mixture.js";
import { points, pointsSchema } from "./points.js";
import type { Target } from "./target.js";

/** What all 2D GANs share, whatever they learn. */
const common = {
  latent: z.int().positive().default(2).describe("dimension of the latent normal z"),
  r1: z
    .number()
    .nonnegative()
    .default(0)
    .describe("γ of the penalty γ/2 mean |∇D|² on real samples; needs a piecewise linear discriminator"),
};

const positive = z.number().positive();

export const ringSchema = z.strictObject({
  name: z.literal("ring"),
  modes: z.int().positive().default(8),
  radius: positive.default(2),
  deviation: positive.default(0.02).describe("σ of every mode"),
  ...common,
});

export const gridSchema = z.strictObject({
  name: z.literal("grid"),
  side: z.int().positive().default(5).describe("modes along one side"),
  spacing: positive.default(2),
  deviation: positive.default(0.05).describe("σ of every mode"),
  ...common,
});

/** The 2D GANs, by what they learn. */
export const mixtureSchemas = [
  ringSchema,
  gridSchema,
  swissRollSchema.extend(common),
  moonsSchema.extend(common),
  spiralSchema.extend(common),
  pointsSchema.extend(common),
] as const;

export type MixtureOptions = z.output<(typeof mixtureSchemas)[number]>;

/**
 * The distribution that a 2D GAN learns.
 *
 * @param folder what a relative path of a file is relative to
 * @throws InputError where a file of points is not right
 */
export function createTarget(options: MixtureOptions, folder = "."): Target {
  switch (options.name) {
    case "ring":
      return fromMixture(ring(options.modes, options.radius, options.deviation));
    case "grid":
      return fromMixture(grid(options.side, options.spacing, options.deviation));
    case "swissRoll":
      return swissRoll(options);
    case "moons":
      return moons(options);
    case "spiral":
      return spiral(options);
    case "points":
      return points(options, folder);
  }
}

function fromMixture(mixture: Mixture): Target {
  return { mixture, sample: (stream, out, rows) => sampleMixture(mixture, stream, out, rows) };
}
