import type { UpdateEngine, Vector } from "../optim/index.js";

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

  // What small games know of themselves, for closed forms beside measurements.

  /**
   * Writes the Jacobian G of all gradients by all parameters at the present ones, row by row, the first player's first:
   * out[i n + j] = ∂gᵢ/∂wⱼ. Of gradients with noise: of their mean.
   */
  jacobian?(out: Float64Array): void;
  /** Where all gradients vanish: parameters, the first player's first. */
  readonly equilibria?: readonly (readonly number[])[];
  /** Whether gradients are linear functions of the parameters, without noise: then eigenvalues can be fitted. */
  readonly linear?: boolean;
  /** The 2 × 2 Jacobian of the first two observables, where they move by themselves as a game of two scalars. */
  readonly plane?: readonly (readonly number[])[];
}

/** How many parameters both players have together. */
export function sizeOf({ players: [first, second] }: Game): number {
  return first.parameters.length + second.parameters.length;
}

/** Runs a function while the parameters are others, and puts them back. */
export function at<T>({ players: [first, second] }: Game, point: ArrayLike<number>, run: () => T): T {
  const kept = [first.parameters.slice(), second.parameters.slice()] as const;
  for (let i = 0; i < first.parameters.length; i++) first.parameters[i] = point[i];
  for (let i = 0; i < second.parameters.length; i++) second.parameters[i] = point[first.parameters.length + i];
  try {
    return run();
  } finally {
    first.parameters.set(kept[0]);
    second.parameters.set(kept[1]);
  }
}

/** The distance of the present parameters from the nearest equilibrium, and which that is; null where none is known. */
export function nearestEquilibrium(game: Game): { distance: number; point: readonly number[] } | null {
  const [first, second] = game.players.map(({ parameters }) => parameters);
  let best: { distance: number; point: readonly number[] } | null = null;
  for (const point of game.equilibria ?? []) {
    let square = 0;
    for (let i = 0; i < point.length; i++) {
      const difference = (i < first.length ? first[i] : second[i - first.length]) - point[i];
      square += difference * difference;
    }
    if (best === null || Math.sqrt(square) < best.distance) best = { distance: Math.sqrt(square), point };
  }
  return best;
}
