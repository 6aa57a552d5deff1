import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { defineUpdate } from "../update.js";

/** θₙ = θ₀ + (to − θ₀)/(1 + exp(−(n − middle)/width)): a smooth transition. */
export const sigmoid = defineUpdate({
  description: "a smooth transition to a value",
  schema: z.strictObject({
    name: z.literal("sigmoid"),
    to: z.number().describe("the value far after the middle"),
    middle: z.number().positive().describe("number of changes at which half of the way is done"),
    width: z.number().positive().describe("number of changes over which the odds grow e-fold"),
  }),
  create: ({ to, middle, width }) => ({
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => start + (to - start) / (1 + exp(-(count - middle) / width)),
    range: [to],
  }),
});
