import { cartesianProduct } from "../../math/cartesian-product.js";
import { type Point, pointAt } from "./points.js";

/** An end of an axis. */
export interface Edge {
  readonly path: string;
  readonly side: "low" | "high";
}

/** The edges at which a point stands: the numeric axes on which another point was tried to one side of it only. */
export function edgesAt(points: readonly Point[], best: Point): Edge[] {
  return Object.keys(best).flatMap((path): Edge[] => {
    const values = numbersOn(points, path);
    if (values === undefined || values.length < 2) return [];
    if (best[path] === values[0]) return [{ path, side: "low" }];
    return best[path] === values[values.length - 1] ? [{ path, side: "high" }] : [];
  });
}

/**
 * The points that a grid gains when it goes a step beyond an edge; none where no step is defined.
 *
 * The step is geometric and keeps the pattern of the two before it, x_{n+1} = x_{n−1} x_n / x_{n−2}: after 0.001, 0.003,
 * 0.01 comes 0.03. Of two values, x_{n+1} = x_n² / x_{n−1}. Values must be positive.
 */
export function pointsBeyond(grid: readonly Point[], { path, side }: Edge): Point[] {
  const values = numbersOn(grid, path);
  if (values === undefined || values[0] <= 0) return [];
  const outward = side === "high" ? values : values.toReversed();
  const [last, before, earlier] = outward.toReversed();
  const next = earlier === undefined ? last * (last / before) : before * (last / earlier);
  const paths = Object.keys(grid[0]);
  const axes = paths.map((other) => (other === path ? [Number(next.toPrecision(12))] : distinct(grid, other)));
  return cartesianProduct(axes).map((row) => pointAt(paths, row));
}

/** The different numbers on an axis in increasing order; undefined where there is something else. */
function numbersOn(points: readonly Point[], path: string): number[] | undefined {
  const values = distinct(points, path);
  return values.every((value) => typeof value === "number") ? values.sort((a, b) => a - b) : undefined;
}

function distinct(points: readonly Point[], path: string) {
  // Lists are equal where their texts are.
  return [...new Map(points.map((point) => [JSON.stringify(point[path]), point[path]])).values()];
}
