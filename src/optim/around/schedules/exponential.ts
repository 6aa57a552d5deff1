import { z } from "zod";
import { exp } from "../../../math/elementary/exponential.js";
import { log } from "../../../math/elementary/logarithm.js";
import { defineSchedule, every, periods, staircase, start } from "./definition.js";

/** rate^(t/every), counted from the start. As in optax and Keras. */
export const exponentialSchedule = defineSchedule({
  description: "another factor of the same size in every period",
  schema: z.strictObject({
    name: z.literal("exponential"),
    rate: z.number().positive().describe("the factor that is gained every `every` steps"),
    every,
    staircase,
    start,
  }),
  create: (options) => (step) => exp(log(options.rate) * periods(step, options)),
});
