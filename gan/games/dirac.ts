import { z } from "zod";
import { check } from "../../src/config/check.js";
import { gaussHermite, type Quadrature } from "../../src/math/gauss-hermite.js";
import type { Game } from "../../src/play/game.js";
import { logitLosses, logitLossNames } from "../losses/logit-losses.js";
import { defineGame } from "./definition.js";

const diracSchema = z.strictObject({
  name: z.literal("dirac"),
  loss: z.enum(logitLossNames).default("nonSaturating").describe("both players' losses on the logits D(x)"),
  r1: z.number().nonnegative().default(0).describe("γ of the penalty γ/2 |∇D|² = γ/2 ψ² on the real point"),
  r2: z.number().nonnegative().default(0).describe("the same on the fake point; D is linear, so it only adds to r1"),
  gradientPenalty: z
    .strictObject({
      gamma: z.number().positive().default(1).describe("γ, its weight"),
      target: z.number().nonnegative().default(1).describe("g₀, the slope that it wants"),
    })
    .optional()
    .describe("γ/2 (|∇D| − g₀)² as in WGAN-GP; 0 is R1"),
  instanceNoise: z.number().nonnegative().default(0).describe("σ of normal noise on real and fake points"),
  weightClip: z.number().positive().optional().describe("after every move ψ is brought back to [−c, c], as in WGAN"),
  start: z.tuple([z.number(), z.number()]).default([1, 1]).describe("(θ, ψ) before the first step"),
});
/** Options of the game `dirac`, with every default filled in. */
export type DiracOptions = z.output<typeof diracSchema>;

export const diracGame = defineGame({
  description:
    "the Dirac-GAN: a generator that is a point, a discriminator that is a slope; five losses, what regularises",
  schema: diracSchema,
  players: ["discriminator", "generator"],
  create: dirac,
});

const noNoise: Quadrature = { nodes: Float64Array.of(0), weights: Float64Array.of(1) };
const noiseNodes = 32;

/**
 * The Dirac-GAN: the data is the point 0, the generator the point θ, the discriminator D(x) = ψ x.
 *
 * Its equilibrium is (0, 0). The discriminator, the first player, descends its loss on the logits of both points and what
 * regularises it, the generator its own:
 *
 *     L_D = E ℓ(ψ(θ + ε)) + E ℓ(−ψε') + (γ₁ + γ₂)/2 ψ² + γ/2 (|ψ| − g₀)²       ε, ε' ~ N(0, σ²): instance noise
 *     minimax, nonSaturating  logistic;  wasserstein  ∓ψθ;  leastSquares  targets −1 and 1;  hinge  max(0, 1 + ψθ)
 *
 * Expectations are taken by a Gauss-Hermite rule of 32 nodes: nothing here is random. With c = ℓ'(0) (½ for the logistic
 * ones, else 1) the flow has the eigenvalues −d/2 ± √(d²/4 − c²), d = γ₁ + γ₂ + 2σ²ℓ''(0): R1 −γ/2 ± √(γ²/4 − c²),
 * instance noise with a logistic loss −σ²/4 ± √(σ⁴/16 − ¼). With a gradient penalty whose target g₀ is not 0 its
 * gradient jumps at ψ = 0, and there is no flow near the equilibrium. Everything is float64.
 *
 * Source: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?".
 *
 * @throws InputError on wrong options
 */
export function dirac(input: z.input<typeof diracSchema>): Game {
  const options = check(diracSchema, input, "dirac");
  const { loss, r1, r2, gradientPenalty, instanceNoise, weightClip, start } = options;
  const generator = { name: "generator", parameters: Float64Array.of(start[0]), gradients: new Float64Array(1) };
  const discriminator = {
    name: "discriminator",
    parameters: Float64Array.of(start[1]),
    gradients: new Float64Array(1),
  };
  const rule = logitLosses[loss];
  const { nodes, weights } = instanceNoise > 0 ? gaussHermite(noiseNodes) : noNoise;
  const zeroPenalty = r1 + r2;
  const { gamma, target } = gradientPenalty ?? { gamma: 0, target: 0 };
  const game: Game = {
    name: "dirac",
    players: [discriminator, generator],
    gradient(player) {
      const theta = generator.parameters[0];
      const psi = discriminator.parameters[0];
      let [value, slope] = [0, 0];
      for (let i = 0; i < nodes.length; i++) {
        const noise = instanceNoise * nodes[i];
        const point = theta + noise;
        if (player === 0) {
          value += weights[i] * (rule.fake(psi * point) + rule.fake(-psi * noise));
          slope += weights[i] * (rule.fakeSlope(psi * point) * point - rule.fakeSlope(-psi * noise) * noise);
        } else {
          value += weights[i] * rule.generator(psi * point);
          slope += weights[i] * rule.generatorSlope(psi * point) * psi;
        }
      }
      if (player === 1) {
        generator.gradients[0] = slope;
        return value;
      }
      const excess = Math.abs(psi) - target;
      discriminator.gradients[0] = slope + zeroPenalty * psi + gamma * excess * Math.sign(psi);
      return value + (zeroPenalty / 2) * psi * psi + (gamma / 2) * excess * excess;
    },
    observables: ["psi", "theta"],
    observe(out) {
      out[0] = discriminator.parameters[0];
      out[1] = generator.parameters[0];
    },
    equilibria: [[0, 0]],
    linear: loss === "wasserstein" && target === 0 && weightClip === undefined,
  };
  if (weightClip !== undefined) {
    game.constrain = (player) => {
      if (player !== 0) return;
      const psi = discriminator.parameters[0];
      discriminator.parameters[0] = Math.max(-weightClip, Math.min(weightClip, psi));
    };
  }
  if (target > 0) return game;
  game.jacobian = (out) => {
    const theta = generator.parameters[0];
    const psi = discriminator.parameters[0];
    out.fill(0);
    out[0] = zeroPenalty + gamma;
    for (let i = 0; i < nodes.length; i++) {
      const noise = instanceNoise * nodes[i];
      const point = theta + noise;
      const t = psi * point;
      const curvature = rule.fakeCurvature(t);
      out[0] += weights[i] * (curvature * point * point + rule.fakeCurvature(-psi * noise) * noise * noise);
      out[1] += weights[i] * (curvature * psi * point + rule.fakeSlope(t));
      out[2] += weights[i] * (rule.generatorCurvature(t) * psi * point + rule.generatorSlope(t));
      out[3] += weights[i] * rule.generatorCurvature(t) * psi * psi;
    }
  };
  return game;
}
