import { z } from "zod";
import type { Game } from "../play/game.js";
import { defineProblem } from "./definition.js";

const rosenbrockSchema = z.strictObject({
  name: z.literal("rosenbrock"),
  start: z.tuple([z.number(), z.number()]).default([-1.2, 1]).describe("x and y"),
  steepness: z.number().positive().default(100).describe("b, of the valley's walls"),
});
export type RosenbrockOptions = z.output<typeof rosenbrockSchema>;

/**
 * Rosenbrock's curved valley, with its minimum 0 at (1, 1):
 *
 *     L = (1 − x)² + b (y − x²)²
 *
 * Observed: `loss`, `x`, `y`. Source: Rosenbrock (1960).
 */
export function rosenbrock({ start, steepness: b }: RosenbrockOptions): Game {
  const player = { name: "theta", parameters: Float64Array.from(start), gradients: new Float64Array(2) };
  const { parameters, gradients } = player;
  const loss = ([x, y]: Float64Array) => (1 - x) * (1 - x) + b * (y - x * x) * (y - x * x);
  return {
    name: "rosenbrock",
    players: [player],
    gradient() {
      const [x, y] = parameters;
      gradients[0] = -2 * (1 - x) - 4 * b * x * (y - x * x);
      gradients[1] = 2 * b * (y - x * x);
      return loss(parameters);
    },
    observables: ["loss", "x", "y"],
    observe(out) {
      out[0] = loss(parameters);
      out.set(parameters, 1);
    },
  };
}

export const rosenbrockProblem = defineProblem({
  description: "Rosenbrock's valley: curved, with steep walls and a flat floor",
  schema: rosenbrockSchema,
  create: rosenbrock,
});
