import { z } from "zod";
import { check } from "../../src/config/check.js";
import { exp } from "../../src/math/elementary/exponential.js";
import { log1p } from "../../src/math/elementary/logarithm.js";
import { sigmoid } from "../../src/math/logistic.js";
import type { Game } from "../../src/play/game.js";
import { defineGame } from "./definition.js";

const matchingPenniesSchema = z.strictObject({
  name: z.literal("matchingPennies"),
  entropy: z.number().nonnegative().default(0).describe("τ, what each player is paid for a nat of its own randomness"),
  start: z
    .tuple([z.number(), z.number()])
    .default([1, 0])
    .describe("(x, y), the logits of heads before the first step"),
});
/** Options of the game `matchingPennies`, with every default filled in. */
export type MatchingPenniesOptions = z.output<typeof matchingPenniesSchema>;

export const matchingPenniesGame = defineGame({
  description: "matching pennies between two players of mixed strategies, given by logits",
  schema: matchingPenniesSchema,
  players: ["matcher", "mismatcher"],
  create: matchingPennies,
});

/**
 * Matching pennies in mixed strategies: the matcher shows heads with probability p = σ(x), the mismatcher with q = σ(y).
 *
 *     f(x, y) = (2p − 1)(2q − 1) = tanh(x/2) tanh(y/2)
 *
 * The matcher descends −f − τ H(p), the mismatcher f − τ H(q), with H(p) = −p ln p − (1 − p) ln(1 − p). The equilibrium is
 * (0, 0), both at one half. The flow there has the eigenvalues (−τ ± i)/4, hence the damping ratio τ/√(1 + τ²); without
 * entropy it conserves cosh x + cosh y everywhere, and every path closes. Everything is float64.
 *
 * Observed: x, y and that invariant.
 *
 * Source: von Neumann's zero-sum games; cycling of gradient play Singh, Kearns and Mansour (2000).
 *
 * @throws InputError on wrong options
 */
export function matchingPennies(input: z.input<typeof matchingPenniesSchema>): Game {
  const { entropy, start } = check(matchingPenniesSchema, input, "matchingPennies");
  const x = { name: "matcher", parameters: Float64Array.of(start[0]), gradients: new Float64Array(1) };
  const y = { name: "mismatcher", parameters: Float64Array.of(start[1]), gradients: new Float64Array(1) };
  return {
    name: "matchingPennies",
    players: [x, y],
    gradient(player) {
      const [own, other] = player === 0 ? [x, y] : [y, x];
      const sign = player === 0 ? -1 : 1;
      const [at, a, b] = [own.parameters[0], lean(own.parameters[0]), lean(other.parameters[0])];
      // dH/dx = −x p(1 − p), and d tanh(x/2)/dx = 2p(1 − p)
      own.gradients[0] = spread(at) * (sign * 2 * b + entropy * at);
      return sign * a * b - entropy * randomness(at);
    },
    observables: ["x", "y", "invariant"],
    observe(out) {
      out[0] = x.parameters[0];
      out[1] = y.parameters[0];
      out[2] = cosh(out[0]) + cosh(out[1]);
    },
    jacobian(out) {
      const [px, py] = [x.parameters[0], y.parameters[0]];
      const own = (at: number, sign: number, other: number) =>
        spread(at) * (entropy - lean(at) * (sign * 2 * other + entropy * at));
      const cross = 4 * spread(px) * spread(py);
      out[0] = own(px, -1, lean(py));
      out[1] = -cross;
      out[2] = cross;
      out[3] = own(py, 1, lean(px));
    },
    equilibria: [[0, 0]],
    linear: false,
  };
}

/** 2σ(x) − 1 = tanh(x/2), what a player leans to heads. */
const lean = (x: number) => 2 * sigmoid(x) - 1;
/** p(1 − p) = σ(x)σ(−x), the variance of a throw. */
const spread = (x: number) => sigmoid(x) * sigmoid(-x);
/** The entropy of a throw, in nats: ln(1 + e^|x|) − |x| σ(|x|). */
const randomness = (x: number) => log1p(exp(-Math.abs(x))) + Math.abs(x) * sigmoid(-Math.abs(x));
const cosh = (x: number) => (exp(x) + exp(-x)) / 2;
