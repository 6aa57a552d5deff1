import { z } from "zod";
import { defineSchedule, every, periods, staircase, start } from "./definition.js";

/** 1/(1 + rate · t/every), counted from the start. As in Keras. */
export const inverseTimeSchedule = defineSchedule({
  description: "one over the time",
  schema: z.strictObject({
    name: z.literal("inverseTime"),
    rate: z.number().nonnegative().describe("what the divisor gains every `every` steps"),
    every,
    staircase,
    start,
  }),
  create: (options) => (step) => 1 / (1 + options.rate * periods(step, options)),
});
