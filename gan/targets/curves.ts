import { z } from "zod";
import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import { defineTarget } from "./definition.js";
import type { Target } from "./target.js";

// Each is a curve with a normal of deviation σ added to both coordinates of its points; σ may be 0.

const radius = z.number().positive().default(2).describe("distance of the curve's end from the origin");
const deviation = (value: number) =>
  z.number().nonnegative().default(value).describe("σ of the noise around the curve");

const swissRollSchema = z.strictObject({
  name: z.literal("swissRoll"),
  radius,
  deviation: deviation(0.03),
});

/**
 * The swiss roll's cross-section, one and a half turns of Archimedes' spiral:
 *
 *     (x, y) = R t/t₁ (cos t, sin t),   t = (3π/2)(1 + 2u),   t₁ = 9π/2,   u uniform on [0, 1)
 *
 * Points are evenly spread over the angle, hence denser inside.
 *
 * Source: `make_swiss_roll` of scikit-learn, x and z; with the defaults nearly the toy data of WGAN-GP (Gulrajani et
 * al. 2017), which divides it by 7.5.
 */
export function swissRoll({ radius, deviation }: Options<typeof swissRollSchema>): Target {
  const last = (9 * Math.PI) / 2;
  return curve(deviation, (stream, point) => {
    const t = ((3 * Math.PI) / 2) * (1 + 2 * stream.uniform());
    polar((radius * t) / last, t, point);
  });
}

const moonsSchema = z.strictObject({
  name: z.literal("moons"),
  radius: z.number().positive().default(1).describe("of either half circle"),
  deviation: deviation(0.05),
});

/**
 * Two half circles that reach into each other, with the middle between them at the origin:
 *
 *     (x, y) = ±R (cos a − 1/2, sin a − 1/4),   a uniform on [0, π)
 *
 * either sign with chance 1/2. Source: `make_moons` of scikit-learn, moved by (−1/2, −1/4).
 */
export function moons({ radius, deviation }: Options<typeof moonsSchema>): Target {
  return curve(deviation, (stream, point) => {
    const side = stream.integer(2) === 0 ? radius : -radius;
    const a = Math.PI * stream.uniform();
    point[0] = side * (cosine(a) - 0.5);
    point[1] = side * (sine(a) - 0.25);
  });
}

const spiralSchema = z.strictObject({
  name: z.literal("spiral"),
  arms: z.int().positive().default(2).describe("evenly turned about the origin"),
  turns: z.number().positive().default(1).describe("of each arm"),
  radius,
  deviation: deviation(0.03),
});

/**
 * Arms of Archimedes' spiral, evenly turned about the origin where they begin:
 *
 *     (x, y) = R s (cos(2π(T s + k/K)), sin(2π(T s + k/K))),   s = √u,   u uniform on [0, 1)
 *
 * with k uniform on the K arms and T the turns. The root spreads points about evenly along an arm, but for its
 * innermost part.
 */
export function spiral({ arms, turns, radius, deviation }: Options<typeof spiralSchema>): Target {
  return curve(deviation, (stream, point) => {
    const arm = stream.integer(arms);
    const s = Math.sqrt(stream.uniform());
    polar(radius * s, 2 * Math.PI * (turns * s + arm / arms), point);
  });
}

export const swissRollTarget = defineTarget({
  description: "a 2D GAN on the swiss roll, one and a half turns of a spiral",
  schema: swissRollSchema,
  create: swissRoll,
});

export const moonsTarget = defineTarget({
  description: "a 2D GAN on two half circles that reach into each other",
  schema: moonsSchema,
  create: moons,
});

export const spiralTarget = defineTarget({
  description: "a 2D GAN on the arms of a spiral (2)",
  schema: spiralSchema,
  create: spiral,
});

type Options<Schema extends z.ZodType> = Omit<z.output<Schema>, "name">;

/** A target from a function that writes a random point of a curve. */
function curve(
  deviation: number,
  write: (stream: Parameters<Target["sample"]>[0], point: Float64Array) => void,
): Target {
  const point = new Float64Array(2);
  return {
    sample(stream, out, rows) {
      for (let row = 0; row < rows; row++) {
        write(stream, point);
        out[2 * row] = point[0] + deviation * stream.normal();
        out[2 * row + 1] = point[1] + deviation * stream.normal();
      }
    },
  };
}

function polar(radius: number, angle: number, point: Float64Array): void {
  point[0] = radius * cosine(angle);
  point[1] = radius * sine(angle);
}
