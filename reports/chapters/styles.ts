import { exp } from "../../src/math/elementary/exponential.js";
import { log } from "../../src/math/elementary/logarithm.js";
import type { Interval } from "../../src/stats/index.js";
import { type Axis, intervals, type Marks, marks, type Point, type Series } from "../parts/panel.js";

/** Dashes and shapes by which curves and marks are told apart beside their colours, in the order of those. */
export const dashes: readonly (readonly number[])[] = [[], [9, 5], [2, 4], [14, 4, 3, 4], [5, 3], [16, 6], [1, 6]];
export const shapes: readonly NonNullable<Marks["shape"]>[] = ["circle", "triangle", "rect", "crossRot"];

/** A function as a curve between two abscissae, evenly spaced on the axis's scale. */
export function curve(
  low: number,
  high: number,
  of: (x: number) => number,
  scale: "linear" | "logarithmic" = "linear",
  pieces = 160,
): Point[] {
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const share = i / pieces;
    const x = scale === "linear" ? low + (high - low) * share : exp(log(low) + log(high / low) * share);
    return { x, y: of(x) };
  });
}

/** Estimates in their intervals: at each abscissa an upright from low to high, and a mark. */
export const estimates = (
  label: string,
  found: readonly (Interval & { readonly x: number })[],
  colour: string,
  style: Pick<Marks, "radius" | "shape">,
): Series[] => [
  ...intervals(found, colour),
  marks(
    label,
    found.map(({ x, estimate }) => ({ x, y: estimate })),
    colour,
    style,
  ),
];

/** An axis of words: the k-th stands at k. */
export const categories = (title: string, labels: readonly string[]): Axis => ({
  title,
  min: -1,
  max: labels.length,
  stepSize: 1,
  labels,
});
