import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes at the multiples of a period. */
export const every = defineSchedule({
  description: "at the multiples of a period",
  schema: z.strictObject({
    name: z.literal("every"),
    period: z
      .int()
      .positive()
      .describe("environment steps from one change to the next; the first comes after one period"),
  }),
  create: ({ period }) => ({ next: (after) => (Math.floor(after / period) + 1) * period, fixed: true, period }),
});
