import { z } from "zod";
import { check } from "../../src/config/check.js";
import { gaussHermite } from "../../src/math/gauss-hermite.js";
import type { Game } from "../../src/play/game.js";
import { logitLosses, logitLossNames } from "../losses/logit-losses.js";
import { defineGame } from "./definition.js";

const gaussianSchema = z.strictObject({
  name: z.literal("gaussian"),
  loss: z.enum(logitLossNames).default("nonSaturating").describe("both players' losses on the logits D(x)"),
  mean: z.number().default(1).describe("μ of the data"),
  deviation: z.number().positive().default(0.5).describe("σ of the data"),
  r1: z.number().nonnegative().default(0).describe("γ of the penalty γ/2 E|D'(x)|² on the data"),
  start: z.tuple([z.number(), z.number()]).default([1, 0]).describe("(a, b) before the first step"),
});
/** Options of the game `gaussian`, with every default filled in. */
export type GaussianOptions = z.output<typeof gaussianSchema>;

export const gaussianGame = defineGame({
  description: "a GAN on a 1D normal distribution: a linear generator, a quadratic discriminator",
  schema: gaussianSchema,
  players: ["discriminator", "generator"],
  create: gaussian,
});

const quadratureNodes = 32;

/**
 * A GAN on one normal distribution:
 *
 *     data x ~ N(μ, σ²);   generator a z + b, z ~ N(0, 1);   discriminator D(x) = w₀ + w₁ x + w₂ x² (a logit)
 *     L_D = E ℓ(−D(x)) + E ℓ(D(az + b)) + γ/2 E D'(x)²,   L_G = E g(D(az + b))
 *
 * The logarithm of the ratio of two normal densities is a quadratic, so the best discriminator is among these. The
 * equilibria are a = ±σ, b = μ, w = 0: where the generator has the data's distribution nothing can be told apart. It is
 * the smallest GAN whose two quantities, mean and width, move at rates of their own. (With the Wasserstein loss w₀ has no
 * effect, and the equilibrium is one for every w₀.)
 *
 * Expectations are taken by a Gauss-Hermite rule of 32 nodes: nothing here is random. The discriminator (w₀, w₁, w₂),
 * which starts at 0, is the first player. Observed: scale a, shift b and the weights. Everything is float64.
 *
 * @throws InputError on wrong options
 */
export function gaussian(input: z.input<typeof gaussianSchema>): Game {
  const { loss, mean, deviation, r1, start } = check(gaussianSchema, input, "gaussian");
  const rule = logitLosses[loss];
  const { nodes, weights } = gaussHermite(quadratureNodes);
  const discriminator = { name: "discriminator", parameters: new Float64Array(3), gradients: new Float64Array(3) };
  const generator = { name: "generator", parameters: Float64Array.from(start), gradients: new Float64Array(2) };
  const w = discriminator.parameters;
  const logit = (x: number) => w[0] + x * (w[1] + x * w[2]);
  const slopeOf = (x: number) => w[1] + 2 * w[2] * x;
  const real = nodes.map((node) => mean + deviation * node);

  return {
    name: "gaussian",
    players: [discriminator, generator],
    gradient(player) {
      const [a, b] = generator.parameters;
      const gradients = (player === 0 ? discriminator : generator).gradients;
      gradients.fill(0);
      let value = 0;
      for (let i = 0; i < nodes.length; i++) {
        const fake = a * nodes[i] + b;
        if (player === 1) {
          const pull = weights[i] * rule.generatorSlope(logit(fake)) * slopeOf(fake);
          value += weights[i] * rule.generator(logit(fake));
          gradients[0] += pull * nodes[i];
          gradients[1] += pull;
          continue;
        }
        const [onReal, onFake] = [-rule.fakeSlope(-logit(real[i])), rule.fakeSlope(logit(fake))];
        const slope = slopeOf(real[i]);
        value += weights[i] * (rule.fake(-logit(real[i])) + rule.fake(logit(fake)) + (r1 / 2) * slope * slope);
        gradients[0] += weights[i] * (onReal + onFake);
        gradients[1] += weights[i] * (onReal * real[i] + onFake * fake + r1 * slope);
        gradients[2] += weights[i] * (onReal * real[i] * real[i] + onFake * fake * fake + r1 * slope * 2 * real[i]);
      }
      return value;
    },
    observables: ["scale", "shift", "w0", "w1", "w2"],
    observe(out) {
      out.set(generator.parameters);
      out.set(w, 2);
    },
    jacobian(out) {
      const [a, b] = generator.parameters;
      out.fill(0);
      const add = (row: number, column: number, value: number) => {
        out[5 * row + column] += value;
      };
      for (let i = 0; i < nodes.length; i++) {
        const fake = a * nodes[i] + b;
        const [t, slope] = [logit(fake), slopeOf(fake)];
        // By w: the features 1, x, x² and their derivatives; by (a, b): how a fake moves with them.
        const atReal = [1, real[i], real[i] * real[i]];
        const atFake = [1, fake, fake * fake];
        const alongReal = [0, 1, 2 * real[i]];
        const alongFake = [0, 1, 2 * fake];
        const moves = [nodes[i], 1];
        const bendReal = rule.fakeCurvature(-logit(real[i]));
        const [bendFake, pushFake] = [rule.fakeCurvature(t), rule.fakeSlope(t)];
        const [bend, pull] = [rule.generatorCurvature(t), rule.generatorSlope(t)];
        for (let k = 0; k < 3; k++) {
          for (let m = 0; m < 3; m++) {
            const penalty = r1 * alongReal[k] * alongReal[m];
            add(k, m, weights[i] * (bendReal * atReal[k] * atReal[m] + bendFake * atFake[k] * atFake[m] + penalty));
          }
          for (let m = 0; m < 2; m++) {
            add(k, 3 + m, weights[i] * moves[m] * (bendFake * slope * atFake[k] + pushFake * alongFake[k]));
            add(3 + m, k, weights[i] * moves[m] * (bend * slope * atFake[k] + pull * alongFake[k]));
          }
        }
        for (let k = 0; k < 2; k++) {
          for (let m = 0; m < 2; m++) {
            add(3 + k, 3 + m, weights[i] * moves[k] * moves[m] * (bend * slope * slope + pull * 2 * w[2]));
          }
        }
      }
    },
    equilibria: [deviation, -deviation].map((scale) => [0, 0, 0, scale, mean]),
    linear: false,
  };
}
