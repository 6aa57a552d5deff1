import { z } from "zod";
import { defineUpdate } from "../update.js";
import { between, distributionSchema } from "./simplex.js";

/** pₙ = p₀ + (to − p₀)·min(n/over, 1): a straight line to a target. */
export const distributionLinear = defineUpdate({
  description: "along a straight line to a distribution",
  schema: z.strictObject({
    name: z.literal("distributionLinear"),
    to: distributionSchema.describe("the distribution at the end"),
    over: z.int().positive().describe("number of changes until then"),
  }),
  create: ({ to, over }) => ({
    kind: "distribution",
    move: (_present, { count, start }) => (count >= over ? to : between(start, to, count / over)),
    named: [to],
  }),
});
