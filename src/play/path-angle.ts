import { norm } from "../optim/index.js";
import { at, field, type Game, parametersOf, sizeOf } from "./game.js";

/** The field of a game along the line from where it began to where it ended. */
export interface PathAngle {
  /** α: 0 at the start, 1 at the end */
  readonly positions: Float64Array;
  /** of the angle between the field and the line; NaN where either vanishes */
  readonly cosines: Float64Array;
  readonly fieldNorms: Float64Array;
}

/** The path angle around the end; null where undefined. */
export interface PathSummary {
  readonly pathSwitch: number | null;
  readonly pathBump: number | null;
}

export const noPath: PathSummary = { pathSwitch: null, pathBump: null };

const points = 100;
const from = -0.1;
const to = 1.1;

/**
 * The path angle of a run,
 *
 *     cos(v(w_α), w₁ − w₀),   w_α = w₀ + α (w₁ − w₀),   v = −g, the field that gradient descent follows,
 *
 * at 100 points α from −0.1 to 1.1. Where the end attracts, the field points along the line before it and back after it:
 * the cosine switches from 1 to −1. Where players only turn around it the field is perpendicular to the line, but for a
 * bump near the end. Gradients of batches are taken with fresh ones.
 *
 * Source: Berard et al. (2020), "A closer look at the optimization landscapes of generative adversarial networks", whose v
 * is the gradient.
 *
 * @param start all parameters before the first step, the first player's first; the end is the present ones
 */
export function pathAngle(game: Game, start: ArrayLike<number>): PathAngle {
  const size = sizeOf(game);
  const end = parametersOf(game);
  const direction = end.map((value, i) => value - start[i]);
  const length = norm(Float64Array.from(direction));
  const positions = Float64Array.from({ length: points }, (_, k) => from + ((to - from) * k) / (points - 1));
  const cosines = new Float64Array(points);
  const fieldNorms = new Float64Array(points);
  const point = new Float64Array(size);
  const gradients = new Float64Array(size);
  positions.forEach((position, k) => {
    for (let i = 0; i < size; i++) point[i] = start[i] + position * direction[i];
    at(game, point, () => field(game, gradients));
    let inner = 0;
    let square = 0;
    for (let i = 0; i < size; i++) {
      inner -= gradients[i] * direction[i];
      square += gradients[i] * gradients[i];
    }
    fieldNorms[k] = Math.sqrt(square);
    cosines[k] = inner / (fieldNorms[k] * length);
  });
  return { positions, cosines, fieldNorms };
}

/**
 * The path angle around the end, 0.9 ≤ α ≤ 1.1: how far the cosine falls from the first of these points to the last (2
 * where the end attracts, 0 where it does not, −2 where it repels), and how far its modulus rises between them above both
 * (up to 1 where players turn around the end).
 */
export function summarisePath({ positions, cosines }: PathAngle): PathSummary {
  const near = cosines.filter((_, k) => positions[k] >= 0.9);
  const [first, last] = [near[0], near[near.length - 1]];
  if (Number.isNaN(first + last)) return { pathSwitch: null, pathBump: null };
  let highest = Math.max(Math.abs(first), Math.abs(last));
  const ends = highest;
  for (const cosine of near) if (Math.abs(cosine) > highest) highest = Math.abs(cosine);
  return { pathSwitch: first - last, pathBump: highest - ends };
}
