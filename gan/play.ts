import { norm, type Optimizer, type State } from "../src/optim/index.js";
import type { Game } from "./game.js";

export const orders = ["simultaneous", "alternating"] as const;
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
 * takes its gradient at the first's new parameters.
 *
 * @param optimizers one per player; they may be the same object, since the state is held here
 */
export function play(game: Game, order: Order, optimizers: readonly [Optimizer, Optimizer]): Play {
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
      look(0);
      if (order === "simultaneous") {
        look(1);
        move(0);
      } else {
        move(0);
        look(1);
      }
      move(1);
    },
  };
}
