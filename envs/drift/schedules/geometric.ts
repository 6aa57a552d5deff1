import { z } from "zod";
import { log1p } from "../../../src/math/elementary/logarithm.js";
import type { RandomStream } from "../../../src/rng/random-stream.js";
import { defineSchedule } from "../schedule.js";

/** Changes after waits without memory: P(wait = k) = p (1 − p)ᵏ⁻¹ with p = 1/mean. One draw per change. */
export const geometric = defineSchedule({
  description: "after waits without memory",
  schema: z.strictObject({
    name: z.literal("geometric"),
    mean: z.number().min(1).describe("mean number of steps from one change to the next"),
  }),
  create: ({ mean }) => ({ next: (after, stream) => Math.floor(after) + wait(1 / mean, stream) }),
});

/** Number of trials up to and with the first success, by inversion. */
export function wait(probability: number, stream: RandomStream): number {
  const u = stream.uniform();
  return probability >= 1 ? 1 : 1 + Math.floor(log1p(-u) / log1p(-probability));
}
