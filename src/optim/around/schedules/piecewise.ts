import { z } from "zod";
import { defineSchedule, factor, steps } from "./definition.js";

/** factors[k], where k is how many of `at` are ≤ t. As in Keras. */
export const piecewiseSchedule = defineSchedule({
  description: "a factor for each phase",
  schema: z
    .strictObject({
      name: z.literal("piecewise"),
      at: z.array(steps).min(1).describe("the steps after which the next factor holds"),
      factors: z.array(factor).min(2).describe("one more than there are steps"),
    })
    .refine(({ at, factors }) => factors.length === at.length + 1, {
      message: "expected one factor more than there are steps",
      path: ["factors"],
    })
    .refine(({ at }) => at.every((step, i) => i === 0 || step > at[i - 1]), {
      message: "expected steps in increasing order",
      path: ["at"],
    }),
  create:
    ({ at, factors }) =>
    (step) => {
      let phase = 0;
      while (phase < at.length && step >= at[phase]) phase++;
      return factors[phase];
    },
});
