import type { UpdateEngine, Vector } from "../optim/index.js";

/** One player: a parameter vector and the gradient of its own loss, which it descends. */
export interface Player {
  readonly name: string;
  readonly parameters: Vector;
  /** Overwritten by {@link Game.gradient}. */
  readonly gradients: Vector;
}

/**
 * A differentiable game of n ≥ 1 players, each descending its own loss: one player is an objective, two are a game such
 * as a GAN, many may be the clients of a server. To the play loop, the optimizers and the measures they are all the same.
 */
export interface Game {
  readonly name: string;
  /** In the order in which they move in alternating play. */
  readonly players: readonly Player[];
  /** In whose memory the players' vectors lie, where they lie in an engine's. */
  readonly engine?: UpdateEngine;
  /** Writes the gradient of a player's loss at the present parameters into its `gradients`; returns the loss. */
  gradient(player: number): number;
  /** The names of what {@link observe} writes. */
  readonly observables: readonly string[];
  /** Writes the quantities whose dynamics are studied, at the present parameters, into `out`. */
  observe(out: Float64Array): void;

  /** Called after every move of a player: brings its parameters back to where they may be. */
  constrain?(player: number): void;

  /**
   * Called after every round, the first is 1: where a server averages its clients, an objective jumps, a curriculum goes
   * on. `changed` says that the next round has another objective: every optimizer is told so (`Optimizer.change`).
   */
  afterRound?(round: number): "same" | "changed";

  // Closed forms, where a game has them, to stand beside the measurements.

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

/** How many parameters all players have together. */
export function sizeOf({ players }: Pick<Game, "players">): number {
  return players.reduce((size, { parameters }) => size + parameters.length, 0);
}

/** All players' parameters, the first player's first: a copy. */
export function parametersOf({ players }: Game): number[] {
  return players.flatMap(({ parameters }) => Array.from(parameters));
}

/** Overwrites all players' parameters, the first player's first. */
export function setParameters({ players }: Game, point: ArrayLike<number>): void {
  let k = 0;
  for (const { parameters } of players) for (let i = 0; i < parameters.length; i++) parameters[i] = point[k++];
}

/**
 * Takes every player's gradient at the present parameters and writes them into `out`, the first player's first, and the
 * losses into `losses`.
 */
export function field(game: Game, out: Float64Array, losses?: Float64Array): void {
  const { players } = game;
  for (let player = 0; player < players.length; player++) {
    const loss = game.gradient(player);
    if (losses !== undefined) losses[player] = loss;
  }
  let k = 0;
  for (const { gradients } of players) for (let i = 0; i < gradients.length; i++) out[k++] = gradients[i];
}

/** Where each player's parameters begin among those of all. */
export function offsetsOf({ players }: Pick<Game, "players">): number[] {
  let offset = 0;
  return players.map(({ parameters }) => {
    offset += parameters.length;
    return offset - parameters.length;
  });
}

/** Runs a function while the parameters are others, and puts them back. */
export function at<T>(game: Game, point: ArrayLike<number>, run: () => T): T {
  const kept = game.players.map(({ parameters }) => parameters.slice());
  setParameters(game, point);
  try {
    return run();
  } finally {
    game.players.forEach(({ parameters }, player) => {
      parameters.set(kept[player]);
    });
  }
}

/** The Jacobian of all gradients at a point, by rows; null where the game provides none. */
export function jacobianAt(game: Game, point: readonly number[]): number[][] | null {
  if (game.jacobian === undefined) return null;
  const size = sizeOf(game);
  const out = new Float64Array(size * size);
  at(game, point, () => game.jacobian?.(out));
  return Array.from({ length: size }, (_, i) => [...out.subarray(i * size, (i + 1) * size)]);
}

/** The distance of the present parameters from the nearest equilibrium, and which that is; null where none is known. */
export function nearestEquilibrium(game: Game): { distance: number; point: readonly number[] } | null {
  const present = parametersOf(game);
  let nearest: { distance: number; point: readonly number[] } | null = null;
  for (const point of game.equilibria ?? []) {
    let square = 0;
    for (let i = 0; i < point.length; i++) square += (present[i] - point[i]) * (present[i] - point[i]);
    if (nearest === null || Math.sqrt(square) < nearest.distance) nearest = { distance: Math.sqrt(square), point };
  }
  return nearest;
}

/**
 * The same game with some of its members replaced; `undefined` takes an optional one away. All that is not named stays,
 * whether the game is a plain object or an instance of a class, and is read anew at every use.
 */
export function wrapGame<G extends Game>(game: G, changes: { readonly [K in keyof Game]?: Game[K] | undefined }): G {
  const members: PropertyDescriptorMap = {};
  for (let level: object = game; level !== Object.prototype; level = Object.getPrototypeOf(level) as object) {
    for (const key of Reflect.ownKeys(level) as (keyof G & string)[]) {
      if (key === "constructor" || Object.hasOwn(members, key)) continue;
      const value = game[key];
      members[key] =
        typeof value === "function"
          ? { value: value.bind(game), enumerable: true }
          : { get: () => game[key], enumerable: true };
    }
  }
  for (const [key, value] of Object.entries(changes)) members[key] = { value, enumerable: true };
  return Object.defineProperties({}, members) as G;
}
