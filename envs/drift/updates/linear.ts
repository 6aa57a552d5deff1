import { z } from "zod";
import { defineUpdate } from "../update.js";

/** θₙ = θ₀ + (to − θ₀)·min(n/over, 1): a straight line to a value, where it stays. */
export const linear = defineUpdate({
  description: "along a straight line to a value",
  schema: z.strictObject({
    name: z.literal("linear"),
    to: z.number().describe("the value at the end"),
    over: z.int().positive().describe("number of changes until then"),
  }),
  create: ({ to, over }) => ({
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => (count >= over ? to : start + (to - start) * (count / over)),
    range: [to],
  }),
});
