import { norm, type Optimizer, type State } from "../src/optim/index.js";
import type { Game } from "./game.js";

export const orders = ["simultaneous", "alternating", "extragradient"] as const;
export type Order = (typeof orders)[number];

/** What one step tells; overwritten at every step. */
export interface StepRecord {
  /** Each player's loss where its gradient was taken. */
  readonly losses: Float64Array;
  readonly gradientNorms: Float64Array;
  readonly updateNorms: Float64Array;
}

export interface Play {
  readonly record: StepRecord;
  /** One step of both players. Allocates nothing. */
  step(): void;
}

/**
 * The one loop that plays every game.
 *
 * Simultaneous: both gradients at the same point, then both moves. Alternating: the first player moves, then the second
 * takes its gradient at the first's new parameters. Extragradient: both move, both gradients are taken there, and both
 * move by those from where they were; an optimizer with memory sees both gradients of the step, as in ExtraAdam.
 *
 * Source of the extragradient: Korpelevich (1976); with adaptive methods: Gidel et al. (2019), algorithm 4.
 *
 * @param optimizers one per player; they may be the same object, since the state is held here
 * @param firstPlayerSteps moves of the first player for each of the second; all but the last before the step's own, in
 *   both orders. The record is of the last.
 */
export function play(
  game: Game,
  order: Order,
  optimizers: readonly [Optimizer, Optimizer],
  firstPlayerSteps = 1,
): Play {
  const states: [State, State] = [
    optimizers[0].init(game.players[0].parameters),
    optimizers[1].init(game.players[1].parameters),
  ];
  const record: StepRecord = {
    losses: new Float64Array(2),
    gradientNorms: new Float64Array(2),
    updateNorms: new Float64Array(2),
  };

  const look = (player: 0 | 1) => {
    record.losses[player] = game.gradient(player);
    record.gradientNorms[player] = norm(game.players[player].gradients);
  };
  const starts = game.players.map(({ parameters }) => parameters.slice());
  /** Moves, and remembers from where. */
  const extrapolate = (player: 0 | 1) => {
    starts[player].set(game.players[player].parameters);
    move(player);
  };
  const move = (player: 0 | 1) => {
    const { parameters, gradients } = game.players[player];
    if (!Number.isFinite(record.gradientNorms[player])) {
      // An optimizer refuses such a gradient: the player stays where it is.
      record.updateNorms[player] = Number.NaN;
      return;
    }
    optimizers[player].step(parameters, gradients, states[player]);
    record.updateNorms[player] = norm(states[player].updates);
  };

  return {
    record,
    step() {
      for (let extra = 1; extra < firstPlayerSteps; extra++) {
        look(0);
        move(0);
      }
      look(0);
      if (order === "alternating") {
        move(0);
        look(1);
        move(1);
        return;
      }
      look(1);
      if (order === "extragradient") {
        extrapolate(0);
        extrapolate(1);
        look(0);
        look(1);
        game.players[0].parameters.set(starts[0]);
        game.players[1].parameters.set(starts[1]);
      }
      move(0);
      move(1);
    },
  };
}
