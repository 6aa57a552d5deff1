import { z } from "zod";
import type { Update } from "../update.js";

export const linearSchema = z.strictObject({
  name: z.literal("linear"),
  to: z.number().describe("the value at the end"),
  over: z.int().positive().describe("number of changes until then"),
});

/** θₙ = θ₀ + (to − θ₀)·min(n/over, 1): a straight line to a value, where it stays. */
export function linear({ to, over }: z.output<typeof linearSchema>): Update {
  return {
    kind: "scalar",
    closed: true,
    value: (_present, { count, start }) => (count >= over ? to : start + (to - start) * (count / over)),
    range: [to],
  };
}
