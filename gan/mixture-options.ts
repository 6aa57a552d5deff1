import { z } from "zod";
import type { NetworkOptions } from "../src/nn/spec.js";
import { moons, moonsSchema, spiral, spiralSchema, swissRoll, swissRollSchema } from "./curves.js";
import { logitLossNames } from "./logit-losses.js";
import { grid, type Mixture, ring, sampleMixture } from "./mixture.js";
import { points, pointsSchema } from "./points.js";
import type { Target } from "./target.js";

const gamma = (what: string) => z.number().nonnegative().default(0).describe(`γ of the penalty ${what}`);

/** The discriminator's loss and what regularises it. */
const critic = {
  loss: z.enum(logitLossNames).default("nonSaturating"),
  r1: gamma("γ/2 mean |∇D|² on real samples; needs a piecewise linear discriminator, as do the other penalties"),
  r2: gamma("γ/2 mean |∇D|² on fake samples"),
  gradientPenalty: z
    .strictObject({
      gamma: z.number().positive().default(20),
      target: z.number().nonnegative().default(1).describe("g₀, the slope that it wants"),
    })
    .optional()
    .describe("γ/2 mean (|∇D| − g₀)² between real and fake samples; WGAN-GP's λ is γ/2"),
  instanceNoise: z.number().nonnegative().default(0).describe("σ of normal noise on real and fake samples"),
  weightClip: z.number().positive().optional().describe("c: D's parameters stay in [−c, c]"),
  spectralNormalization: z.boolean().default(false).describe("D runs on weights divided by their spectral norm"),
};
const criticSchema = z.strictObject(critic);
export type CriticOptions = z.output<typeof criticSchema>;

/** What all 2D GANs share, whatever they learn. */
const common = { latent: z.int().positive().default(2).describe("dimension of the latent normal z"), ...critic };

const positive = z.number().positive();

export const ringSchema = z.strictObject({
  name: z.literal("ring"),
  modes: z.int().positive().max(1_000_000).default(8),
  radius: positive.default(2),
  deviation: positive.default(0.02).describe("σ of every mode"),
  ...common,
});

export const gridSchema = z.strictObject({
  name: z.literal("grid"),
  side: z.int().positive().max(1000).default(5).describe("modes along one side"),
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
 * What options of a GAN cannot be together: the path of the one that has to go, and why.
 *
 * @param network the discriminator's, and the path where it stands
 */
export function refusedTogether(
  game: MixtureOptions,
  network: NetworkOptions,
  path: string,
): { readonly path: string[]; readonly message: string }[] {
  const penalties = [
    ...(["r1", "r2"] as const).filter((name) => game[name] > 0),
    ...(game.gradientPenalty === undefined ? [] : ["gradientPenalty"]),
  ];
  const refused = [];
  if (penalties.length > 0 && network.normalization !== "none") {
    const message = `a normalised network is not piecewise linear, as game.${penalties[0]} needs; expected none`;
    refused.push({ path: [path, "normalization"], message });
  }
  if (game.spectralNormalization && network.normalization !== "none") {
    const message = "it takes away the scale of weights that game.spectralNormalization sets; expected none";
    refused.push({ path: [path, "normalization"], message });
  }
  if (penalties.length > 0 && network.activation === "tanh") {
    const message = `tanh is not piecewise linear, as game.${penalties[0]} needs; expected relu, leakyRelu or identity`;
    refused.push({ path: [path, "activation"], message });
  }
  if (game.weightClip !== undefined && game.spectralNormalization) {
    const message = "clipping has no hold on weights that game.spectralNormalization rescales; choose one of them";
    refused.push({ path: ["game", "weightClip"], message });
  }
  return refused;
}

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
