import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const everySchema = z.strictObject({
  name: z.literal("every"),
  period: z
    .int()
    .positive()
    .describe("environment steps from one change to the next; the first comes after one period"),
});

/** Changes at the multiples of a period. */
export function every({ period }: z.output<typeof everySchema>): Schedule {
  return { next: (after) => (Math.floor(after / period) + 1) * period, fixed: true, period };
}
