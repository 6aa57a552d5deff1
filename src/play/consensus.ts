import { InputError } from "../config/input-error.js";
import { consensusJacobian } from "../theory/flow.js";
import { type Game, sizeOf } from "./game.js";

/**
 * A game under consensus optimisation: each player also descends γ/2 |g|², g the gradients of both.
 *
 *     g ← g + γ Gᵀ g           G = ∂g/∂w, the game's own Jacobian
 *
 * It pulls the players to where both gradients vanish, whichever way they rotate: on the bilinear game a step of
 * gradient descent has the eigenvalues 1 − ηγc² ± iηc. With alternating play both gradients and G are taken at the point
 * where a player moves. The loss is the player's own plus γ/2 |g|².
 *
 * Source: Mescheder, Nowozin and Geiger (2017), "The numerics of GANs", where v = −g is the field.
 *
 * @throws InputError on a game that does not tell its Jacobian
 */
export function consensus(game: Game, gamma: number): Game {
  if (game.jacobian === undefined) {
    throw new InputError(`consensus: the ${game.name} game tells no Jacobian, which consensus optimisation needs`);
  }
  const size = sizeOf(game);
  const jacobian = new Float64Array(size * size);
  const field = new Float64Array(size);
  const [first, second] = game.players;
  const width = first.parameters.length;
  const players = game.players.map((player) => ({ ...player, gradients: player.gradients.slice() }));
  return {
    name: game.name,
    players: [players[0], players[1]],
    gradient(which) {
      const losses = [game.gradient(0), game.gradient(1)];
      field.set(first.gradients);
      field.set(second.gradients, width);
      game.jacobian?.(jacobian);
      const { gradients } = players[which];
      const from = which === 0 ? 0 : width;
      for (let j = 0; j < gradients.length; j++) {
        let pull = 0;
        for (let i = 0; i < size; i++) pull += jacobian[i * size + from + j] * field[i];
        gradients[j] = field[from + j] + gamma * pull;
      }
      let square = 0;
      for (let i = 0; i < size; i++) square += field[i] * field[i];
      return losses[which] + (gamma / 2) * square;
    },
    observables: game.observables,
    observe: (out) => game.observe(out),
    ...(game.constrain === undefined ? {} : { constrain: (player) => game.constrain?.(player) }),
    ...(game.equilibria === undefined ? {} : { equilibria: game.equilibria }),
    ...(game.linear === undefined ? {} : { linear: game.linear }),
    ...(game.plane === undefined ? {} : { plane: consensusJacobian(game.plane, gamma) }),
  };
}
