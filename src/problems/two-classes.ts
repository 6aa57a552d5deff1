import { z } from "zod";
import { cosine, sine } from "../math/elementary/trigonometry.js";
import type { RandomStream } from "../rng/random-stream.js";

const deviation = z.number().nonnegative().describe("σ of the noise on both coordinates");

const moonsSchema = z.strictObject({
  name: z.literal("moons"),
  deviation: deviation.default(0.2),
});
const spiralsSchema = z.strictObject({
  name: z.literal("spirals"),
  turns: z.number().positive().default(1).describe("of each arm"),
  deviation: deviation.default(0.05),
});

/** Points of the plane in two classes that no line separates. */
export const twoClassesSchema = z.discriminatedUnion("name", [moonsSchema, spiralsSchema]);
export type TwoClassesOptions = z.output<typeof twoClassesSchema>;

/** Writes a random point's two coordinates from `offset` on; returns its class. */
export type TwoClasses = (stream: RandomStream, points: Float32Array, offset: number) => -1 | 1;

/**
 * Two classes of equal chance, each along a curve, with noise N(0, σ²) on both coordinates:
 *
 *     moons     (x, y) = c (cos a − 1/2, sin a − 1/4),        a uniform on [0, π)
 *     spirals   (x, y) = c s (cos 2πTs, sin 2πTs),            s uniform on [0, 1)
 *
 * with c = ±1 the class. Source: `make_moons` of scikit-learn, its middle moved to the origin; the two spirals of Lang
 * and Witbrock (1988).
 */
export function twoClasses(options: TwoClassesOptions): TwoClasses {
  return (stream, points, offset) => {
    const label = stream.integer(2) === 0 ? -1 : 1;
    const u = stream.uniform();
    let [x, y] = [0, 0];
    if (options.name === "moons") {
      x = cosine(Math.PI * u) - 0.5;
      y = sine(Math.PI * u) - 0.25;
    } else {
      const angle = 2 * Math.PI * options.turns * u;
      x = u * cosine(angle);
      y = u * sine(angle);
    }
    points[offset] = label * x + options.deviation * stream.normal();
    points[offset + 1] = label * y + options.deviation * stream.normal();
    return label;
  };
}
