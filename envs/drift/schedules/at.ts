import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const atSchema = z.strictObject({
  name: z.literal("at"),
  steps: z
    .array(z.int().positive())
    .min(1)
    .refine((steps) => steps.every((step, i) => i === 0 || step > steps[i - 1]), "expected ascending steps")
    .describe("the times of the changes, in environment steps"),
});

/** Changes at listed times. */
export function at({ steps }: z.output<typeof atSchema>): Schedule {
  return { next: (after) => steps.find((step) => step > after) ?? Number.POSITIVE_INFINITY, fixed: true };
}
