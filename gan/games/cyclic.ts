import { z } from "zod";
import { check } from "../../src/config/check.js";
import type { Game } from "../../src/play/game.js";
import { defineGame } from "./definition.js";

const cyclicSchema = z.strictObject({
  name: z.literal("cyclic"),
  coupling: z.number().nonnegative().default(1).describe("c, the strength of the chase"),
  dissipation: z.number().nonnegative().default(0).describe("γ, each player's own restoring force"),
  start: z
    .tuple([z.number(), z.number(), z.number()])
    .default([1, 0, -1])
    .describe("(x₀, x₁, x₂) before the first step"),
});
/** Options of the game `cyclic`, with every default filled in. */
export type CyclicOptions = z.output<typeof cyclicSchema>;

export const cyclicGame = defineGame({
  description: "three players in a ring, each running from one and after the other: rock, paper, scissors",
  schema: cyclicSchema,
  players: ["x0", "x1", "x2"],
  create: cyclic,
});

/**
 * Three players in a ring, whose losses sum to zero where nothing is dissipated:
 *
 *     fᵢ(x) = c xᵢ (xᵢ₊₁ − xᵢ₋₁) + γ/2 xᵢ²,   indices modulo 3
 *     gᵢ = c (xᵢ₊₁ − xᵢ₋₁) + γ xᵢ
 *
 * Its flow turns around the axis (1, 1, 1) with the eigenvalues −γ ± i√3 c, and moves along it with −γ. Gradient descent
 * multiplies the distance from the axis by |1 − ηγ ± i√3 ηc| with simultaneous play. With alternating play and γ = 0 paths
 * close: a step turns by θ with cos θ = 1 − (3a² − a³)/2, a = ηc, and keeps the radius as long as that is above −1.
 *
 * Observed: the plane across the axis, u = (x₀ − x₁)/√2 and v = (x₀ + x₁ − 2x₂)/√6, which moves by itself, and the mean.
 * The equilibrium is 0, and with γ = 0 every point of the axis. Everything is float64.
 *
 * Source: polymatrix zero-sum games, Cai et al. (2016).
 *
 * @throws InputError on wrong options
 */
export function cyclic(input: z.input<typeof cyclicSchema>): Game {
  const { coupling: c, dissipation, start } = check(cyclicSchema, input, "cyclic");
  const players = start.map((value, i) => ({
    name: `x${i}`,
    parameters: Float64Array.of(value),
    gradients: new Float64Array(1),
  }));
  const at = (i: number) => players[i % 3].parameters[0];
  return {
    name: "cyclic",
    players,
    gradient(player) {
      const chase = c * (at(player + 1) - at(player + 2));
      players[player].gradients[0] = chase + dissipation * at(player);
      return at(player) * chase + (dissipation / 2) * at(player) * at(player);
    },
    observables: ["u", "v", "mean"],
    observe(out) {
      out[0] = (at(0) - at(1)) / Math.SQRT2;
      out[1] = (at(0) + at(1) - 2 * at(2)) / Math.sqrt(6);
      out[2] = (at(0) + at(1) + at(2)) / 3;
    },
    jacobian(out) {
      for (let i = 0; i < 3; i++) {
        out[3 * i + i] = dissipation;
        out[3 * i + ((i + 1) % 3)] = c;
        out[3 * i + ((i + 2) % 3)] = -c;
      }
    },
    equilibria: [[0, 0, 0]],
    linear: true,
    plane: [
      [dissipation, Math.sqrt(3) * c],
      [-Math.sqrt(3) * c, dissipation],
    ],
  };
}
