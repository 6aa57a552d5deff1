import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes at listed times. */
export const at = defineSchedule({
  description: "at listed steps",
  schema: z.strictObject({
    name: z.literal("at"),
    steps: z
      .array(z.int().positive())
      .min(1)
      .refine((steps) => steps.every((step, i) => i === 0 || step > steps[i - 1]), "expected ascending steps")
      .describe("the times of the changes, in environment steps"),
  }),
  create: ({ steps }) => ({
    next: (after) => steps.find((step) => step > after) ?? Number.POSITIVE_INFINITY,
    fixed: true,
  }),
});
