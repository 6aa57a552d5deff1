import { cartesianProduct } from "../../math/cartesian-product.js";
import { exp } from "../../math/elementary/exponential.js";
import { log } from "../../math/elementary/logarithm.js";
import { sobol } from "../../math/sobol.js";
import { RandomStream } from "../../rng/random-stream.js";
import type { Json } from "../canonical.js";
import type { Range, Tune } from "./schema.js";

/** A point of the space that is searched: axis (a path in the configuration) → the value that it takes. */
export type Point = Readonly<Record<string, Json>>;

/**
 * The points that a study asks to be tried: those of a grid with the first axis slowest; or as many as the budget says,
 * drawn from the stream `tuning` of seed 0, or from Sobol's sequence without the origin, which is a corner.
 */
export function pointsOf(tune: Tune): Point[] {
  const paths = Object.keys(tune.axes);
  if (!("budget" in tune)) {
    return cartesianProduct(Object.values(tune.axes)).map((values) => pointAt(paths, values));
  }
  const ranges = Object.values(tune.axes);
  const places =
    tune.method === "sobol" ? sobol(tune.budget + 1, ranges.length).slice(1) : randomPlaces(tune.budget, ranges.length);
  return places.map((place) =>
    pointAt(
      paths,
      ranges.map((range, k) => within(range, place[k])),
    ),
  );
}

export function pointAt(paths: readonly string[], values: readonly Json[]): Point {
  return Object.fromEntries(paths.map((path, k) => [path, values[k]]));
}

function randomPlaces(count: number, dimensions: number): number[][] {
  const stream = new RandomStream(0, "tuning");
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, () => stream.uniform()));
}

/** The value at a place 0 … 1 of a range, to six digits: it is read by people, and the same in every engine. */
function within({ low, high, scale }: Range, place: number): number {
  const value = scale === "linear" ? low + place * (high - low) : low * exp(place * log(high / low));
  return Math.min(high, Math.max(low, Number(value.toPrecision(6))));
}
