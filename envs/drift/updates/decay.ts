import { z } from "zod";
import type { Update } from "../update.js";

export const decaySchema = z.strictObject({
  name: z.literal("decay"),
  rate: z.number().positive().describe("per change"),
  to: z.number().default(0).describe("the value that it falls or rises to"),
});

/** θₙ = to + (θ₀ − to)·exp(−rate·n), never compounded. */
export function decay({ rate, to }: z.output<typeof decaySchema>): Update {
  return {
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => to + (start - to) * Math.exp(-rate * count),
    range: [],
  };
}
