import { z } from "zod";
import { defineUpdate } from "../update.js";

/** θₙ = θ₀ factorⁿ, by squaring. */
export const geometricProgression = defineUpdate({
  description: "times a factor",
  schema: z.strictObject({
    name: z.literal("geometric"),
    factor: z.number().describe("of each change; −1 flips the sign"),
  }),
  create: ({ factor }) => ({
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => start * power(factor, count),
    range: [],
  }),
});

function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
