import { InputError } from "../config/input-error.js";
import { consensusJacobian } from "../theory/flow.js";
import { field, type Game, offsetsOf, sizeOf, wrapGame } from "./game.js";

/**
 * A game under consensus optimisation: each player also descends γ/2 |g|², g the gradients of all.
 *
 *     g ← g + γ Gᵀ g           G = ∂g/∂w, the game's own Jacobian
 *
 * It pulls the players to where all gradients vanish, whichever way they rotate: on the bilinear game a step of
 * gradient descent has the eigenvalues 1 − ηγc² ± iηc. With alternating play all gradients and G are taken at the point
 * where a player moves. The loss is the player's own plus γ/2 |g|². The wrapped game provides no Jacobian of its own,
 * which would take third derivatives of the losses.
 *
 * Source: Mescheder, Nowozin and Geiger (2017), "The numerics of GANs", where v = −g is the field.
 *
 * @throws InputError on a game that provides no Jacobian
 */
export function consensus(game: Game, gamma: number): Game {
  if (game.jacobian === undefined) {
    throw new InputError(`consensus: the ${game.name} game provides no Jacobian, which consensus optimisation needs`);
  }
  const size = sizeOf(game);
  const offsets = offsetsOf(game);
  const jacobian = new Float64Array(size * size);
  const gradientsOfAll = new Float64Array(size);
  const losses = new Float64Array(game.players.length);
  const players = game.players.map((player) => ({ ...player, gradients: player.gradients.slice() }));
  return wrapGame(game, {
    players,
    gradient(player) {
      field(game, gradientsOfAll, losses);
      game.jacobian?.(jacobian);
      const { gradients } = players[player];
      const from = offsets[player];
      for (let j = 0; j < gradients.length; j++) {
        let pull = 0;
        for (let i = 0; i < size; i++) pull += jacobian[i * size + from + j] * gradientsOfAll[i];
        gradients[j] = gradientsOfAll[from + j] + gamma * pull;
      }
      let square = 0;
      for (let i = 0; i < size; i++) square += gradientsOfAll[i] * gradientsOfAll[i];
      return losses[player] + (gamma / 2) * square;
    },
    jacobian: undefined,
    plane: game.plane === undefined ? undefined : consensusJacobian(game.plane, gamma),
  });
}
