import { z } from "zod";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const saddleSchema = z.strictObject({
  name: z.literal("saddle"),
  start: z.number().nonnegative().default(1e-4).describe("y₀, the distance from the ridge along each way down"),
  down: z.number().positive().default(1).describe("δ, the curvature of the ways down; upwards it is 1"),
  ways: z.int().positive().default(1).describe("ways down of each saddle"),
  noise: z.number().nonnegative().default(0).describe("σ, standard deviation of what is added to each gradient"),
  copies: z.int().positive().default(1).describe("saddles side by side: independent repetitions"),
});
export type SaddleOptions = z.output<typeof saddleSchema>;

/**
 * Saddles side by side, each with one way up, from x = 1, and some down, to minima at y = ±1:
 *
 *     L = x²/2 + δ Σ_j (y_j⁴/4 − y_j²/2),   g = ∇L + σ n,   n ~ N(0, 1) from stream `noise`
 *
 * A saddle is left once the largest |y_j| is ½. Observed: `inside`, the share of saddles that have never been left, and
 * `distance`, the mean over the saddles of the largest |y_j|.
 */
export function saddle({ start, down, ways, noise: sigma, copies }: SaddleOptions, streams: Streams): Game {
  const noise = streams.get("noise");
  const each = 1 + ways;
  const size = copies * each;
  const parameters = Float64Array.from({ length: size }, (_, i) => (i % each === 0 ? 1 : start));
  const player = { name: "theta", parameters, gradients: new Float64Array(size) };
  const { gradients } = player;
  const left = new Uint8Array(copies);
  return {
    name: "saddle",
    players: [player],
    gradient() {
      let loss = 0;
      for (let i = 0; i < size; i++) {
        const at = parameters[i];
        const square = at * at;
        const up = i % each === 0;
        loss += up ? square / 2 : down * square * (square / 4 - 0.5);
        gradients[i] = up ? at : down * at * (square - 1);
        if (sigma > 0) gradients[i] += sigma * noise.normal();
      }
      return loss;
    },
    observables: ["inside", "distance"],
    observe(out) {
      let [inside, distance] = [0, 0];
      for (let copy = 0; copy < copies; copy++) {
        let largest = 0;
        for (let i = copy * each + 1; i < (copy + 1) * each; i++) largest = Math.max(largest, Math.abs(parameters[i]));
        if (largest >= 0.5) left[copy] = 1;
        inside += 1 - left[copy];
        distance += largest;
      }
      out[0] = inside / copies;
      out[1] = distance / copies;
    },
  };
}

export const saddleProblem = defineProblem({
  description: "saddles with and without noise: how long until they are left?",
  schema: saddleSchema,
  create: saddle,
});
