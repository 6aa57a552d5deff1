import { z } from "zod";
import { defineUpdate } from "../update.js";

/** θₙ = θ₀ + c₁n + c₂n² + …: a straight line or a polynomial, never compounded. */
export const trend = defineUpdate({
  description: "a straight line or a polynomial",
  schema: z.strictObject({
    name: z.literal("trend"),
    coefficients: z
      .array(z.number())
      .min(1)
      .describe("c₁, c₂, … of the polynomial in the number of changes; one of them is a straight line"),
  }),
  create: ({ coefficients }) => ({
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) =>
      start + count * coefficients.reduceRight((sum, coefficient) => sum * count + coefficient, 0),
    range: [],
  }),
});
