import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const windowsSchema = z.strictObject({
  name: z.literal("windows"),
  windows: z
    .array(z.tuple([z.int().positive(), z.int().positive()]))
    .min(1)
    .refine((windows) => windows.every(([first, last], i) => first <= last && (i === 0 || first > windows[i - 1][1])), {
      message: "expected windows [first, last] in order, each after the one before",
    })
    .describe("[first, last] of the steps with a change at each"),
});

/** Changes at every step within the windows, their ends included. */
export function windows({ windows }: z.output<typeof windowsSchema>): Schedule {
  return {
    next(after) {
      const window = windows.find(([, last]) => last > after);
      return window === undefined ? Number.POSITIVE_INFINITY : Math.max(window[0], Math.floor(after) + 1);
    },
  };
}
