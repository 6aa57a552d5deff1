import { InputError } from "../src/config/input-error.js";
import { at, field, type Game, sizeOf } from "../src/play/game.js";
import type { RunContext } from "../src/study/task.js";
import { gameTables } from "./tables.js";

/**
 * Writes the flow −g of a game of two numbers into the table `field`: on a grid of side × side points over the smallest
 * square around the path's finite points and the origin, a tenth wider on each side.
 *
 * @param observed the path: one series per observable, the first two being the players' numbers
 * @throws InputError for a game of other than two numbers
 */
export function writeField(game: Game, observed: readonly Float64Array[], side: number, context: RunContext): void {
  refuseOtherSizes(game);
  const reach = observed.slice(0, 2).reduce((most, series) => largest(series, most), 0);
  const half = 1.1 * (reach > 0 ? reach : 1);
  const table = context.table(gameTables.field);
  const gradients = new Float64Array(2);
  const along = (k: number) => half * ((2 * k) / (side - 1) - 1);
  for (let i = 0; i < side * side; i++) {
    const point = [along(i % side), along(Math.floor(i / side))];
    at(game, point, () => field(game, gradients));
    table.append(point[0], point[1], -gradients[0], -gradients[1]);
  }
}

/** @throws InputError for a game of other than two numbers */
export function refuseOtherSizes(game: Game): void {
  const size = sizeOf(game);
  if (game.players.length === 2 && size === 2) return;
  throw new InputError(
    `field: expected a game of two numbers, one a player; the ${game.name} game has ${game.players.length} players and ${size} numbers`,
  );
}

function largest(series: Float64Array, least: number): number {
  let most = least;
  for (const value of series) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}
