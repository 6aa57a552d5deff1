import { extragradient, norm, type Optimizer, type State } from "../optim/index.js";
import type { Game } from "./game.js";
import { type LookaheadOptions, lookahead } from "./lookahead.js";
import { type OrderName, orders } from "./orders.js";

/** What a play has around its rounds. */
export interface PlayOptions {
  /** Moves of each player in a round (1); a player that is not listed has one. */
  readonly moves?: readonly number[];
  /** Lookahead of all players together, around any order. */
  readonly lookahead?: LookaheadOptions;
}

/** The last step's numbers, one of each a player; overwritten at every step. */
export interface StepRecord {
  /** Each player's loss where its gradient was taken; with several moves, of the last. */
  readonly losses: Float64Array;
  readonly gradientNorms: Float64Array;
  /** NaN where a player stayed, since its gradient was not finite. Lookahead's calls back are not in it. */
  readonly updateNorms: Float64Array;
}

/** A game being played: a step is a round of all players. */
export interface Play {
  readonly record: StepRecord;
  /** Each optimizer's memory, by player. */
  readonly states: readonly State[];
  /** One round of all players. Allocates nothing. */
  step(): void;
}

/**
 * The one loop that plays every game, in any order (`orders.ts`). After each round come lookahead's call back, where
 * there is one, and the game's own `afterRound`, whose changes are signalled to every optimizer.
 *
 * @param optimizers one per player; they may be the same object, since the states are held here
 */
export function play(
  game: Game,
  order: OrderName,
  optimizers: readonly Optimizer[],
  { moves = [], lookahead: lookaheadOptions }: PlayOptions = {},
): Play {
  const { players, engine } = game;
  const { extrapolates, round } = orders[order];
  const halves = extrapolates ? optimizers.map(extragradient) : [];
  const states = players.map(
    ({ parameters }, player): State => (extrapolates ? halves : optimizers)[player].init(parameters),
  );
  const callBack = lookaheadOptions === undefined ? undefined : lookahead(game, lookaheadOptions);
  const record: StepRecord = {
    losses: new Float64Array(players.length),
    gradientNorms: new Float64Array(players.length),
    updateNorms: new Float64Array(players.length),
  };
  const moveBy = (player: number, step: Optimizer["step"]) => {
    const { parameters, gradients } = players[player];
    if (!Number.isFinite(record.gradientNorms[player])) {
      // An optimizer refuses such a gradient: the player stays where it is.
      record.updateNorms[player] = Number.NaN;
      return;
    }
    step(parameters, gradients, states[player]);
    game.constrain?.(player);
    record.updateNorms[player] = norm(states[player].updates, engine);
  };
  const turns = {
    players: players.length,
    moves: players.map((_, player) => moves[player] ?? 1),
    evaluate(player: number) {
      record.losses[player] = game.gradient(player);
      record.gradientNorms[player] = norm(players[player].gradients, engine);
    },
    move: (player: number) => moveBy(player, optimizers[player].step),
    extrapolate: (player: number) => moveBy(player, halves[player].extrapolate),
    moveFromStart: (player: number) => moveBy(player, halves[player].step),
    allMoved: () => !record.updateNorms.some(Number.isNaN),
  };
  let rounds = 0;
  return {
    record,
    states,
    step() {
      round(turns);
      callBack?.();
      rounds++;
      if (game.afterRound?.(rounds) !== "changed") return;
      for (let player = 0; player < players.length; player++) optimizers[player].change(states[player]);
    },
  };
}
