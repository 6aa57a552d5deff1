import type { UpdateEngine, Vector } from "../src/optim/index.js";

/** One player: a parameter vector and the gradient of its own loss, which it descends. */
export interface Player {
  readonly name: string;
  readonly parameters: Vector;
  /** Overwritten by {@link Game.gradient}. */
  readonly gradients: Vector;
}

/**
 * A differentiable game of two players, each descending its own loss. The bilinear game and the GAN are the same to the
 * play loop, the optimizers and the measures.
 */
export interface Game {
  readonly name: string;
  /** The first moves first in alternating play. */
  readonly players: readonly [Player, Player];
  /** In whose memory the players' vectors lie, where they lie in an engine's. */
  readonly engine?: UpdateEngine;
  /** Writes the gradient of a player's loss at the present parameters into its `gradients`; returns the loss. */
  gradient(player: 0 | 1): number;
  /** The names of what {@link observe} writes. */
  readonly observables: readonly string[];
  /** Writes the quantities whose dynamics are studied, at the present parameters, into `out`. */
  observe(out: Float64Array): void;

  /** Called after every move of a player: brings its parameters back to where they may be. */
  constrain?(player: 0 | 1): void;
}
