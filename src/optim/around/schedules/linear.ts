import { z } from "zod";
import { defineSchedule, factor, progress, start, steps } from "./definition.js";

/** from + (to − from) s, with s = min(1, (t − start)/steps), 0 before the start. As in optax. */
export const linearSchedule = defineSchedule({
  description: "a straight line",
  schema: z.strictObject({
    name: z.literal("linear"),
    from: factor.default(1).describe("the first factor"),
    to: factor.default(0).describe("the last factor"),
    steps: steps.describe("length of the line"),
    start,
  }),
  create:
    ({ from, to, steps: length, start: begin }) =>
    (step) =>
      from + (to - from) * progress(step - begin, length),
});
