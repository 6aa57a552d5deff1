import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes at every step within the windows, their ends included. */
export const windows = defineSchedule({
  description: "at every step within windows",
  schema: z.strictObject({
    name: z.literal("windows"),
    windows: z
      .array(z.tuple([z.int().positive(), z.int().positive()]))
      .min(1)
      .refine(
        (windows) => windows.every(([first, last], i) => first <= last && (i === 0 || first > windows[i - 1][1])),
        {
          message: "expected windows [first, last] in order, each after the one before",
        },
      )
      .describe("[first, last] of the steps with a change at each"),
  }),
  create: ({ windows }) => ({
    next(after) {
      const window = windows.find(([, last]) => last > after);
      return window === undefined ? Number.POSITIVE_INFINITY : Math.max(window[0], Math.floor(after) + 1);
    },
  }),
});
