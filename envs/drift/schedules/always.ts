import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes at every step: a continuous drift. */
export const always = defineSchedule({
  description: "at every step",
  schema: z.strictObject({ name: z.literal("always") }),
  create: () => ({ next: (after) => Math.floor(after) + 1, fixed: true, period: 1 }),
});
