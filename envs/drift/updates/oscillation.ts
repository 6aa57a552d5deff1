import { z } from "zod";
import { sine } from "../../../src/math/elementary/trigonometry.js";
import { defineUpdate } from "../update.js";

/** θₙ = θ₀ + amplitude·sin(2πn/period + phase). */
export const oscillation = defineUpdate({
  description: "a sine about the starting value",
  schema: z.strictObject({
    name: z.literal("sine"),
    amplitude: z.number().describe("of the oscillation about the starting value"),
    period: z.number().positive().describe("number of changes in one oscillation"),
    phase: z.number().default(0).describe("rad"),
  }),
  create: ({ amplitude, period, phase }) => ({
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => start + amplitude * sine((2 * Math.PI * count) / period + phase),
    range: [],
  }),
});
