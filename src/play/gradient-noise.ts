import type { Streams } from "../rng/streams.js";
import { type Game, wrapGame } from "./game.js";

/**
 * A game whose gradients are seen with noise, as a batch would show them: g ← g + σ n, n ~ N(0, I), fresh at every
 * gradient, from a stream for each player (`noise/<player>`). Losses stay as they are, and so does the Jacobian, which
 * is that of the mean gradient.
 */
export function withGradientNoise(game: Game, deviation: number, streams: Streams): Game {
  const noise = game.players.map(({ name }) => streams.get(`noise/${name}`));
  return wrapGame(game, {
    gradient(player) {
      const loss = game.gradient(player);
      const { gradients } = game.players[player];
      for (let i = 0; i < gradients.length; i++) gradients[i] += deviation * noise[player].normal();
      return loss;
    },
    linear: false,
  });
}
