import { z } from "zod";
import { cosine } from "../math/elementary/trigonometry.js";
import type { Game } from "../play/game.js";
import { defineProblem } from "./definition.js";

const oscillationSchema = z.strictObject({
  name: z.literal("oscillation"),
  period: z.number().positive().default(100).describe("P, in steps"),
  phase: z.number().default(0).describe("φ, in turns"),
  amplitude: z.number().nonnegative().default(1).describe("a, in units of the gradient's mean"),
});
export type OscillationOptions = z.output<typeof oscillationSchema>;

/**
 * A gradient that oscillates around 1, on one parameter: that of step t = 0, 1, … is
 *
 *     g_t = 1 + a cos 2π(t/P + φ),   L = g_t θ
 *
 * Observed: `gradient` of the step and `position`, −θ, the way made.
 */
export function oscillation({ period, phase, amplitude }: OscillationOptions): Game {
  const player = { name: "theta", parameters: new Float64Array(1), gradients: new Float64Array(1) };
  const { parameters, gradients } = player;
  let step = 0;
  return {
    name: "oscillation",
    players: [player],
    gradient() {
      gradients[0] = 1 + amplitude * cosine(2 * Math.PI * (step / period + phase));
      return gradients[0] * parameters[0];
    },
    observables: ["gradient", "position"],
    observe(out) {
      out[0] = gradients[0];
      out[1] = -parameters[0];
    },
    afterRound(round) {
      step = round;
      return "same";
    },
  };
}

export const oscillationProblem = defineProblem({
  description: "a gradient that oscillates around its mean, to meet a learning rate that does",
  schema: oscillationSchema,
  create: oscillation,
});
