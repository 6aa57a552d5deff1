import { z } from "zod";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const randomGradientsSchema = z
  .strictObject({
    name: z.literal("randomGradients"),
    means: z.array(z.number()).min(1).default([1]).describe("μ of each group of parameters"),
    deviations: z.array(z.number().nonnegative()).min(1).default([1]).describe("σ of each group"),
    copies: z.int().positive().default(1000).describe("parameters in each group: independent repetitions"),
    start: z.number().default(0).describe("θ of every parameter"),
  })
  .refine(({ means, deviations }) => means.length === deviations.length, {
    message: "expected as many deviations as there are means",
    path: ["deviations"],
  });
export type RandomGradientsOptions = z.output<typeof randomGradientsSchema>;

/**
 * Groups of parameters under prescribed random gradients, whatever the parameters are:
 *
 *     g = μ_k + σ_k n,   n ~ N(0, 1) from stream `noise`,   L = Σ g θ / (number of parameters)
 *
 * An optimizer that treats each parameter by itself makes of a group so many repetitions of one experiment. Observed of
 * each group k, over its copies: `position<k>`, the mean of θ; `step<k>`, the mean of |Δθ|; `advance<k>`, the mean of
 * −Δθ, with its standard deviation `spread<k>`; and `square<k>`, the mean of (g/Δθ)², which is v/η² where Δθ = −η g/√v.
 */
export function randomGradients(options: RandomGradientsOptions, streams: Streams): Game {
  const { means, deviations, copies, start } = options;
  const noise = streams.get("noise");
  const size = means.length * copies;
  const player = { name: "theta", parameters: new Float64Array(size).fill(start), gradients: new Float64Array(size) };
  const { parameters, gradients } = player;
  const before = parameters.slice();
  const kinds = ["position", "step", "advance", "spread", "square"];
  return {
    name: "randomGradients",
    players: [player],
    gradient() {
      let loss = 0;
      for (let i = 0; i < size; i++) {
        const group = Math.floor(i / copies);
        gradients[i] = deviations[group] === 0 ? means[group] : means[group] + deviations[group] * noise.normal();
        loss += gradients[i] * parameters[i];
        before[i] = parameters[i];
      }
      return loss / size;
    },
    observables: means.flatMap((_, group) => kinds.map((kind) => `${kind}${group}`)),
    observe(out) {
      for (let group = 0; group < means.length; group++) {
        const sums = [0, 0, 0, 0, 0];
        for (let i = group * copies; i < (group + 1) * copies; i++) {
          const move = before[i] - parameters[i];
          sums[0] += parameters[i];
          sums[1] += Math.abs(move);
          sums[2] += move;
          sums[3] += move * move;
          sums[4] += (gradients[i] / move) * (gradients[i] / move);
        }
        const [position, step, advance, square, ratio] = sums.map((sum) => sum / copies);
        const variance = Math.max(0, square - advance * advance);
        out.set([position, step, advance, Math.sqrt(variance), ratio], group * kinds.length);
      }
    },
  };
}

export const randomGradientsProblem = defineProblem({
  description:
    "parameters under prescribed random gradients, many copies of each kind: what does a step do on average?",
  schema: randomGradientsSchema,
  create: randomGradients,
});
