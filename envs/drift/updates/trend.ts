import { z } from "zod";
import type { Update } from "../update.js";

export const trendSchema = z.strictObject({
  name: z.literal("trend"),
  coefficients: z
    .array(z.number())
    .min(1)
    .describe("c₁, c₂, … of the polynomial in the number of changes; one of them is a straight line"),
});

/** θₙ = θ₀ + c₁n + c₂n² + …: a straight line or a polynomial, never compounded. */
export function trend({ coefficients }: z.output<typeof trendSchema>): Update {
  return {
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) =>
      start + count * coefficients.reduceRight((sum, coefficient) => sum * count + coefficient, 0),
    range: [],
  };
}
