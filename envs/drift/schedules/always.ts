import { z } from "zod";
import type { Schedule } from "../schedule.js";

export const alwaysSchema = z.strictObject({ name: z.literal("always") });

/** Changes at every step: a continuous drift. */
export function always(): Schedule {
  return { next: (after) => Math.floor(after) + 1, fixed: true, period: 1 };
}
