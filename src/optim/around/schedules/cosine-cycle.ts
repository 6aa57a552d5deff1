import { z } from "zod";
import { cosine } from "../../../math/elementary/trigonometry.js";
import { defineSchedule, factor, steps } from "./definition.js";

/**
 * low + (high − low)(1 + cos 2π t/period)/2: from `high` down to `low` and back, again and again, without a jump.
 *
 * Source: Smith (2017), with a cosine in the triangle's place.
 */
export const cosineCycleSchedule = defineSchedule({
  description: "whole cosines, down and up again and again",
  schema: z.strictObject({
    name: z.literal("cosineCycle"),
    period: steps.describe("length of a fall and rise"),
    low: factor.default(0).describe("the least factor"),
    high: factor.default(1).describe("the largest factor, where it begins"),
  }),
  create:
    ({ period, low, high }) =>
    (step) =>
      low + ((high - low) * (1 + cosine((2 * Math.PI * (step % period)) / period))) / 2,
});
