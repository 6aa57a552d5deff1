import { z } from "zod";
import { extragradient, norm, type Optimizer, type State } from "../optim/index.js";
import type { Game } from "./game.js";

export const orders = ["simultaneous", "alternating", "extragradient"] as const;
export type Order = (typeof orders)[number];

export const lookaheadSchema = z.strictObject({
  every: z.int().positive().default(5).describe("steps k between two calls back"),
  share: z.number().gt(0).max(1).default(0.5).describe("α: how far the slow parameters follow"),
});

export interface PlayOptions {
  /** Moves of the first player for each of the second (1); all but the last before the step's own. */
  readonly firstPlayerSteps?: number;
  /** Lookahead of both players together, around any order. */
  readonly lookahead?: z.output<typeof lookaheadSchema>;
}

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

type Stepping = Optimizer["step"];

/**
 * The one loop that plays every game.
 *
 * Simultaneous: both gradients at the same point, then both moves. Alternating: the first player moves, then the second
 * takes its gradient at the first's new parameters. Extragradient: both move, both gradients are taken there, and both
 * move by those from where they were (`extragradient` of src/optim).
 *
 * Lookahead, around any of them: slow parameters φ follow the fast ones θ and call them back, those of both players
 * after the same steps, and what the optimizers remember goes on:
 *
 *     φ ← φ + α (θ − φ);  θ ← φ        after every k-th step; φ₀ = θ₀
 *
 * That both are called back together is what damps a rotation: the average over an arc lies inside its circle
 * (Chavdarova et al. 2021, "Taming GANs with lookahead-minmax").
 *
 * @param optimizers one per player; they may be the same object, since the state is held here
 * @param options with more moves of the first player, the record is of the last; a call back is in no update norm
 */
export function play(
  game: Game,
  order: Order,
  optimizers: readonly [Optimizer, Optimizer],
  { firstPlayerSteps = 1, lookahead }: PlayOptions = {},
): Play {
  const ahead = order === "extragradient" ? optimizers.map(extragradient) : null;
  const states = game.players.map(({ parameters }, player): State => (ahead ?? optimizers)[player].init(parameters));
  const record: StepRecord = {
    losses: new Float64Array(2),
    gradientNorms: new Float64Array(2),
    updateNorms: new Float64Array(2),
  };

  const look = (player: 0 | 1) => {
    record.losses[player] = game.gradient(player);
    record.gradientNorms[player] = norm(game.players[player].gradients, game.engine);
  };
  const move = (player: 0 | 1, by: Stepping = optimizers[player].step) => {
    const { parameters, gradients } = game.players[player];
    if (!Number.isFinite(record.gradientNorms[player])) {
      // An optimizer refuses such a gradient: the player stays where it is.
      record.updateNorms[player] = Number.NaN;
      return;
    }
    by(parameters, gradients, states[player]);
    game.constrain?.(player);
    record.updateNorms[player] = norm(states[player].updates, game.engine);
  };

  const stepBoth = () => {
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
    if (ahead !== null) {
      move(0, ahead[0].extrapolate);
      move(1, ahead[1].extrapolate);
      // A player that stayed where it is has nothing to come back from.
      if (Number.isNaN(record.updateNorms[0] + record.updateNorms[1])) return;
      look(0);
      look(1);
      move(0, ahead[0].step);
      move(1, ahead[1].step);
      return;
    }
    move(0);
    move(1);
  };
  if (lookahead === undefined) return { record, step: stepBoth };

  const { every, share } = lookahead;
  const slow = game.players.map(({ parameters }) => parameters.slice());
  let steps = 0;
  return {
    record,
    step() {
      stepBoth();
      if (++steps % every !== 0) return;
      callBack(0);
      callBack(1);
    },
  };

  function callBack(player: 0 | 1): void {
    const { parameters } = game.players[player];
    const to = slow[player];
    for (let i = 0; i < to.length; i++) to[i] += share * (parameters[i] - to[i]);
    parameters.set(to);
    game.constrain?.(player);
  }
}
