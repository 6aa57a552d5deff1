import { z } from "zod";
import { check } from "../../src/config/check.js";
import type { Game } from "../../src/play/game.js";
import { defineGame } from "./definition.js";

const bilinearSchema = z.strictObject({
  name: z.literal("bilinear"),
  coupling: z.number().nonnegative().default(1).describe("c, the strength of the rotation"),
  dissipation: z.number().nonnegative().default(0).describe("γ, each player's own restoring force"),
  start: z.tuple([z.number(), z.number()]).default([1, 1]).describe("(x, y) before the first step"),
});
/** Options of the game `bilinear`, with every default filled in. */
export type BilinearOptions = z.output<typeof bilinearSchema>;

export const bilinearGame = defineGame({
  description: "f = c x y + γ/2 (x² − y²): the pure rotation, damped if asked",
  schema: bilinearSchema,
  players: ["x", "y"],
  create: bilinear,
});

/**
 * The scalar bilinear game, with dissipation if asked:
 *
 *     f(x, y) = c x y + γ/2 (x² − y²);   x descends f, y descends −f
 *     ∂x = c y + γ x,   ∂y = −c x + γ y
 *
 * Its equilibrium is (0, 0); its flow has the eigenvalues −γ ± ic, hence the damping ratio γ/√(γ² + c²).
 * Everything is float64.
 *
 * @throws InputError on wrong options
 */
export function bilinear(input: z.input<typeof bilinearSchema>): Game {
  const { coupling: c, dissipation, start } = check(bilinearSchema, input, "bilinear");
  const x = { name: "x", parameters: Float64Array.of(start[0]), gradients: new Float64Array(1) };
  const y = { name: "y", parameters: Float64Array.of(start[1]), gradients: new Float64Array(1) };
  return {
    name: "bilinear",
    players: [x, y],
    gradient(player) {
      const [px, py] = [x.parameters[0], y.parameters[0]];
      const value = c * px * py + (dissipation / 2) * (px * px - py * py);
      if (player === 0) x.gradients[0] = c * py + dissipation * px;
      else y.gradients[0] = -c * px + dissipation * py;
      return player === 0 ? value : -value;
    },
    observables: ["x", "y"],
    observe(out) {
      out[0] = x.parameters[0];
      out[1] = y.parameters[0];
    },
    jacobian(out) {
      out[0] = dissipation;
      out[1] = c;
      out[2] = -c;
      out[3] = dissipation;
    },
    equilibria: [[0, 0]],
    linear: true,
  };
}
