import { z } from "zod";
import type { Linearisation } from "../src/theory/bilinear.js";
import type { Game } from "./game.js";
import { logitLosses, logitLossNames } from "./logit-losses.js";

export const diracSchema = z.strictObject({
  name: z.literal("dirac"),
  loss: z.enum(logitLossNames).default("nonSaturating"),
  r1: z.number().nonnegative().default(0).describe("γ of the penalty γ/2 |∇D|² = γ/2 ψ² on the discriminator"),
  start: z.tuple([z.number(), z.number()]).default([1, 1]).describe("(θ, ψ) before the first step"),
});
export type DiracOptions = z.output<typeof diracSchema>;

/**
 * The Dirac-GAN: the data is the point 0, the generator the point θ, the discriminator D(x) = ψ x.
 *
 * Its equilibrium is (0, 0). The discriminator descends its loss on the logit ψθ plus γ/2 ψ², the generator its own:
 *
 *     minimax, nonSaturating  logistic;  wasserstein  ∓ψθ;  leastSquares  targets −1 and 1;  hinge  max(0, 1 + ψθ)
 *
 * Near the equilibrium all of them rotate at a rate c = |slope at 0| (½ for the logistic ones, else 1), and the flow has
 * the eigenvalues −γ/2 ± √(γ²/4 − c²). The discriminator is the first player. Everything is float64.
 *
 * Source: Mescheder, Geiger and Nowozin (2018), "Which training methods for GANs do actually converge?".
 */
export function dirac({ loss, r1, start }: DiracOptions): Game {
  const generator = { name: "generator", parameters: Float64Array.of(start[0]), gradients: new Float64Array(1) };
  const discriminator = {
    name: "discriminator",
    parameters: Float64Array.of(start[1]),
    gradients: new Float64Array(1),
  };
  const rule = logitLosses[loss];
  return {
    name: "dirac",
    players: [discriminator, generator],
    gradient(player) {
      const theta = generator.parameters[0];
      const psi = discriminator.parameters[0];
      const logit = psi * theta;
      if (player === 0) {
        discriminator.gradients[0] = rule.fakeSlope(logit) * theta + r1 * psi;
        return rule.fake(logit) + (r1 / 2) * psi * psi;
      }
      generator.gradients[0] = rule.generatorSlope(logit) * psi;
      return rule.generator(logit);
    },
    observables: ["psi", "theta"],
    observe(out) {
      out[0] = discriminator.parameters[0];
      out[1] = generator.parameters[0];
    },
  };
}

/** What the game is near its equilibrium. */
export function linearisedDirac({ loss, r1 }: DiracOptions): Linearisation {
  return { coupling: logitLosses[loss].fakeSlope(0), dissipation: [r1, 0] };
}
