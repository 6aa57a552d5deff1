import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const customScheduleSchema = z.strictObject({
  name: z.literal("custom"),
  next: z.custom<Schedule["next"]>((value) => typeof value === "function", {
    message: "expected a function (after, stream) => time of the next change; a file cannot hold one",
  }),
});

/** Changes when a function says, which must return times after the one it is given. */
export function customSchedule({ next }: z.output<typeof customScheduleSchema>): Schedule {
  return {
    next(after, stream) {
      const time = next(after, stream);
      if (time > after) return time;
      throw new RangeError(`drift: a custom schedule returned ${time} as the next time after ${after}`);
    },
  };
}
