import { z } from "zod";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const scaleJumpSchema = z
  .strictObject({
    name: z.literal("scaleJump"),
    scales: z.array(z.number().positive()).min(1).default([1, 10, 1]).describe("the gradient's scale in each phase"),
    at: z.array(z.int().positive()).default([2000, 4000]).describe("the steps at which the next phase begins"),
    noise: z
      .number()
      .nonnegative()
      .default(0)
      .describe("standard deviation of the gradient around its scale, in units of the scale"),
  })
  .refine(({ scales, at }) => at.length === scales.length - 1, {
    message: "expected one step fewer than there are scales",
    path: ["at"],
  })
  .refine(({ at }) => at.every((step, i) => i === 0 || step > at[i - 1]), {
    message: "expected steps in increasing order",
    path: ["at"],
  });
export type ScaleJumpOptions = z.output<typeof scaleJumpSchema>;

/** The gradient's scale at a step (the first is 1): the phase's, which begins with step `at` + 1. */
export function scaleAt({ scales, at }: ScaleJumpOptions, step: number): number {
  let phase = 0;
  while (phase < at.length && step > at[phase]) phase++;
  return scales[phase];
}

/**
 * A constant gradient whose scale jumps, on one parameter: the prescribed gradient of step t is
 *
 *     g_t = scale(t) (1 + noise · n),   n ~ N(0, 1) from stream `noise`,   L = g_t θ
 *
 * How long until the optimizer's step has its old size? Every jump of the scale is signalled. Observed: `scale` and
 * `gradient` of the step.
 */
export function scaleJump(options: ScaleJumpOptions, streams: Streams): Game {
  const noise = streams.get("noise");
  const player = { name: "theta", parameters: new Float64Array(1), gradients: new Float64Array(1) };
  const { parameters, gradients } = player;
  let scale = scaleAt(options, 1);
  let observed = scale;
  return {
    name: "scaleJump",
    players: [player],
    gradient() {
      observed = scale;
      gradients[0] = scale * (1 + options.noise * noise.normal());
      return gradients[0] * parameters[0];
    },
    observables: ["scale", "gradient"],
    observe(out) {
      out[0] = observed;
      out[1] = gradients[0];
    },
    afterRound(round) {
      const next = scaleAt(options, round + 1);
      if (next === scale) return "same";
      scale = next;
      return "changed";
    },
  };
}

export const scaleJumpProblem = defineProblem({
  description: "a constant gradient whose scale jumps: how long until the step is its old size?",
  schema: scaleJumpSchema,
  create: scaleJump,
});
