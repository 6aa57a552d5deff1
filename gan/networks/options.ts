import { z } from "zod";
import { check } from "../../src/config/check.js";
import { definitionOf, extendedSchemas, nameOf } from "../../src/config/definitions.js";
import type { NetworkOptions } from "../../src/nn/spec.js";
import { logitLossNames } from "../losses/logit-losses.js";
import type { TargetDefinition } from "../targets/definition.js";
import { targets } from "../targets/index.js";
import type { Target } from "../targets/target.js";

const gamma = (what: string) => z.number().nonnegative().default(0).describe(`γ of the penalty ${what}`);

/** The discriminator's loss and what regularises it. */
const critic = {
  loss: z
    .enum([...logitLossNames, "relativistic"])
    .default("nonSaturating")
    .describe("both players' losses on the logits D(x); relativistic: on their differences, real less fake"),
  r1: gamma("γ/2 mean |∇D|² on real samples; needs a piecewise linear discriminator, as do the other penalties"),
  r2: gamma("γ/2 mean |∇D|² on fake samples"),
  gradientPenalty: z
    .strictObject({
      gamma: z.number().positive().default(20).describe("γ, its weight"),
      target: z.number().nonnegative().default(1).describe("g₀, the slope that it wants"),
    })
    .optional()
    .describe("γ/2 mean (|∇D| − g₀)² between real and fake samples; WGAN-GP's λ is γ/2"),
  instanceNoise: z.number().nonnegative().default(0).describe("σ of normal noise on real and fake samples"),
  instanceNoiseSteps: z
    .int()
    .positive()
    .optional()
    .describe("the noise falls linearly to 0 over so many moves of the discriminator; left out, it stays"),
  weightClip: z.number().positive().optional().describe("c: D's parameters stay in [−c, c]"),
  spectralNormalization: z.boolean().default(false).describe("D runs on weights divided by their spectral norm"),
  unrolled: z
    .strictObject({
      steps: z.int().positive().max(100).default(5).describe("K, the discriminator's steps that it looks ahead"),
      length: z.number().positive().default(0.02).describe("η, the length of each step down D's gradient"),
    })
    .optional()
    .describe(
      "the generator ascends D's loss K steps ahead, through these steps; of a zero-sum loss and a plain discriminator",
    ),
};
const criticSchema = z.strictObject(critic);
export type CriticOptions = z.output<typeof criticSchema>;

/** The options of every 2D GAN, whatever it learns. */
const common = { latent: z.int().positive().default(2).describe("dimension of the latent normal z"), ...critic };

/** The options of the 2D GANs, by what they learn: a target's own and those that all share. */
export const planeGanSchemas = extendedSchemas(targets, common);

/** The discriminated union of all of them, told apart by `name`. */
export const planeGanSchema = z.discriminatedUnion("name", planeGanSchemas);
/** Options of the 2D GANs, by what they learn, with every default filled in. */
export type PlaneGanOptions = z.output<typeof planeGanSchema>;

/**
 * A 2D GAN's options with their defaults.
 *
 * @throws InputError on wrong options
 */
export function planeGanOptions(input: z.input<typeof planeGanSchema>): PlaneGanOptions {
  return check(planeGanSchema, input, "planeGan");
}

/** Whether options are those of a 2D GAN. */
export function isPlaneGan(options: { readonly name: string }): options is PlaneGanOptions {
  return targets.some((target) => nameOf(target) === options.name);
}

/**
 * The distribution that a 2D GAN learns.
 *
 * @param base what a relative path of a file is relative to
 * @throws InputError where a file of points is not right
 */
export function createTarget(options: PlaneGanOptions, base = "."): Target {
  return definitionOf<TargetDefinition>(targets, options.name).create(options, base);
}

/**
 * Refused combinations of options: the path of the one to remove, and the reason.
 *
 * @param network the discriminator's, and the path where it stands
 */
export function refusedTogether(
  game: PlaneGanOptions,
  network: NetworkOptions,
  path: string,
): { readonly path: string[]; readonly message: string }[] {
  const penalties = [
    ...(["r1", "r2"] as const).filter((name) => game[name] > 0),
    ...(game.gradientPenalty === undefined ? [] : ["gradientPenalty"]),
  ];
  const refused = [];
  if (game.unrolled !== undefined) refused.push(...refusedUnrolled(game, network, penalties, path));
  if (game.instanceNoiseSteps !== undefined && game.instanceNoise === 0) {
    refused.push({ path: ["game", "instanceNoiseSteps"], message: "there is no game.instanceNoise that could fall" });
  }
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

/** What the steps ahead of an unrolled discriminator do not take into account, or have no second derivative of. */
function refusedUnrolled(
  game: PlaneGanOptions,
  { activation, normalization }: NetworkOptions,
  penalties: readonly string[],
  path: string,
): { path: string[]; message: string }[] {
  const left = "game.unrolled looks ahead along the discriminator's plain loss alone";
  const own = [
    ...penalties,
    ...(game.spectralNormalization ? ["spectralNormalization"] : []),
    ...(game.weightClip === undefined ? [] : ["weightClip"]),
  ];
  const refused = own.map((name) => ({ path: ["game", name], message: `${left}; choose one of them` }));
  if (game.loss !== "minimax" && game.loss !== "wasserstein") {
    const message = `game.unrolled needs a zero-sum game; expected minimax or wasserstein, found "${game.loss}"`;
    refused.push({ path: ["game", "loss"], message });
  }
  if (activation === "tanh") {
    const message = "tanh is not piecewise linear, as game.unrolled needs; expected relu, leakyRelu or identity";
    refused.push({ path: [path, "activation"], message });
  }
  if (normalization !== "none") {
    const message = "a normalised network is not piecewise linear, as game.unrolled needs; expected none";
    refused.push({ path: [path, "normalization"], message });
  }
  return refused;
}
