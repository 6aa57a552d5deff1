import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const bernoulliSchema = z.strictObject({
  name: z.literal("bernoulli"),
  probability: z.number().positive().max(1).describe("of a change at each step"),
});

/** Changes at each step with a probability: one draw per step. */
export function bernoulli({ probability }: z.output<typeof bernoulliSchema>): Schedule {
  return {
    next(after, stream) {
      let time = Math.floor(after) + 1;
      while (stream.uniform() >= probability) time++;
      return time;
    },
  };
}
