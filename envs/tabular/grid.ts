import { InputError } from "../../src/config/input-error.js";

/** A step on a grid: rows down, columns to the right. */
export type Move = readonly [rows: number, columns: number];

export const LEFT: Move = [0, -1];
export const DOWN: Move = [1, 0];
export const RIGHT: Move = [0, 1];
export const UP: Move = [-1, 0];

/** The cell after a move on a grid that is left nowhere; cell = row · columns + column. */
export function moved(cell: number, [down, right]: Move, rows: number, columns: number): number {
  const row = Math.min(Math.max(Math.floor(cell / columns) + down, 0), rows - 1);
  const column = Math.min(Math.max((cell % columns) + right, 0), columns - 1);
  return row * columns + column;
}

/** The parameters of ice: weights of where a move really goes. */
export const slip = (sideways: number) =>
  ({
    clockwise: { default: sideways, low: 0, description: "weight of a move turned clockwise" },
    straight: { default: 1 - 2 * sideways, low: 0, description: "weight of the move that was meant" },
    counterclockwise: { default: sideways, low: 0, description: "weight of a move turned counterclockwise" },
  }) as const;

/**
 * The weights as probabilities.
 *
 * @throws InputError when they are all zero
 */
export function probabilities(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total > 0) return weights.map((weight) => weight / total);
  throw new InputError("parameters: expected weights of which at least one is positive, found only zeros");
}
