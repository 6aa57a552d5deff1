import { z } from "zod";
import type { Schedule } from "./schedule.js";
import { always, alwaysSchema } from "./schedules/always.js";
import { at, atSchema } from "./schedules/at.js";
import { bernoulli, bernoulliSchema } from "./schedules/bernoulli.js";
import { burst, burstSchema } from "./schedules/burst.js";
import { customSchedule, customScheduleSchema } from "./schedules/custom.js";
import { decaying, decayingSchema } from "./schedules/decaying.js";
import { every, everySchema } from "./schedules/every.js";
import { geometric, geometricSchema } from "./schedules/geometric.js";
import { windows, windowsSchema } from "./schedules/windows.js";

/** The options of every schedule, told apart by `name`. */
export const scheduleSchema = z.discriminatedUnion("name", [
  atSchema,
  everySchema,
  alwaysSchema,
  bernoulliSchema,
  geometricSchema,
  burstSchema,
  decayingSchema,
  windowsSchema,
  customScheduleSchema,
]);

export function buildSchedule(options: z.output<typeof scheduleSchema>): Schedule {
  switch (options.name) {
    case "at":
      return at(options);
    case "every":
      return every(options);
    case "always":
      return always();
    case "bernoulli":
      return bernoulli(options);
    case "geometric":
      return geometric(options);
    case "burst":
      return burst(options);
    case "decaying":
      return decaying(options);
    case "windows":
      return windows(options);
    case "custom":
      return customSchedule(options);
  }
}
