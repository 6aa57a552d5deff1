import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const burstSchema = z.strictObject({
  name: z.literal("burst"),
  on: z.int().positive().describe("steps with a change at each"),
  off: z.int().positive().describe("steps without, before each burst"),
});

/** Changes in bursts: `off` quiet steps, then a change at each of `on` steps, and so on. */
export function burst({ on, off }: z.output<typeof burstSchema>): Schedule {
  return {
    next(after) {
      const time = Math.floor(after) + 1;
      const phase = (time - 1) % (on + off);
      return phase >= off ? time : time + off - phase;
    },
  };
}
