import { z } from "zod";

export const scaleJumpSchema = z
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
