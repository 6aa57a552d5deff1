import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes at each step with a probability: one draw per step. */
export const bernoulli = defineSchedule({
  description: "at each step with a probability",
  schema: z.strictObject({
    name: z.literal("bernoulli"),
    probability: z.number().positive().max(1).describe("of a change at each step"),
  }),
  create: ({ probability }) => ({
    next(after, stream) {
      let time = Math.floor(after) + 1;
      while (stream.uniform() >= probability) time++;
      return time;
    },
  }),
});
