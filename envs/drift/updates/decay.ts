import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { defineUpdate } from "../update.js";

/** θₙ = to + (θ₀ − to)·exp(−rate·n), never compounded. */
export const decay = defineUpdate({
  description: "towards a value, exponentially",
  schema: z.strictObject({
    name: z.literal("decay"),
    rate: z.number().positive().describe("per change"),
    to: z.number().default(0).describe("the value that it falls or rises to"),
  }),
  create: ({ rate, to }) => ({
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => to + (start - to) * exp(-rate * count),
    range: [],
  }),
});
