import { z } from "zod";
import { defineSchedule, type Schedule } from "../schedule.js";

/** Changes when a function says, which must return times after the one it is given. */
export const customSchedule = defineSchedule({
  description: "when a function of your own says, in code",
  schema: z.strictObject({
    name: z.literal("custom"),
    /** The time of the next change after one. */
    next: z
      .custom<Schedule["next"]>((value) => typeof value === "function", {
        message: "expected a function (after, stream) => time of the next change; a file cannot hold one",
      })
      .describe("the function (after, stream) => time of the next change"),
  }),
  create: ({ next }) => ({
    next(after, stream) {
      const time = next(after, stream);
      if (time > after) return time;
      throw new RangeError(`drift: a custom schedule returned ${time} as the next time after ${after}`);
    },
  }),
});
