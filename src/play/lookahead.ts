import { z } from "zod";
import type { Game } from "./game.js";

export const lookaheadSchema = z.strictObject({
  every: z.int().positive().default(5).describe("steps k between two calls back"),
  share: z.number().gt(0).max(1).default(0.5).describe("α: how far the slow parameters follow"),
});
export type LookaheadOptions = z.output<typeof lookaheadSchema>;

/**
 * Lookahead of all players together, around any order: slow parameters φ follow the fast ones θ and call them back, those
 * of all players after the same steps, and what the optimizers remember goes on:
 *
 *     φ ← φ + α (θ − φ);  θ ← φ        after every k-th step; φ₀ = θ₀
 *
 * That all are called back together is what damps a rotation: the average over an arc lies inside its circle.
 *
 * Source: Chavdarova et al. (2021), "Taming GANs with lookahead-minmax".
 *
 * @returns what to call after every step
 */
export function lookahead(game: Game, { every, share: rate }: LookaheadOptions): () => void {
  const slow = game.players.map(({ parameters }) => parameters.slice());
  let steps = 0;
  return () => {
    if (++steps % every !== 0) return;
    for (let player = 0; player < slow.length; player++) {
      const { parameters } = game.players[player];
      const to = slow[player];
      for (let i = 0; i < to.length; i++) to[i] += rate * (parameters[i] - to[i]);
      parameters.set(to);
      game.constrain?.(player);
    }
  };
}
