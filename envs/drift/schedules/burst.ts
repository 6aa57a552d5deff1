import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes in bursts: `off` quiet steps, then a change at each of `on` steps, and so on. */
export const burst = defineSchedule({
  description: "in bursts: quiet steps, then a change at each of some",
  schema: z.strictObject({
    name: z.literal("burst"),
    on: z.int().positive().describe("steps with a change at each"),
    off: z.int().positive().describe("steps without, before each burst"),
  }),
  create: ({ on, off }) => ({
    next(after) {
      const time = Math.floor(after) + 1;
      const phase = (time - 1) % (on + off);
      return phase >= off ? time : time + off - phase;
    },
  }),
});
