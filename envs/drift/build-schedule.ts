import { z } from "zod";
import { definitionOf, describeAll, schemasOf } from "../../src/config/definitions.js";
import type { Schedule, ScheduleDefinition } from "./schedule.js";
import { always } from "./schedules/always.js";
import { at } from "./schedules/at.js";
import { bernoulli } from "./schedules/bernoulli.js";
import { burst } from "./schedules/burst.js";
import { customSchedule } from "./schedules/custom.js";
import { decaying } from "./schedules/decaying.js";
import { every } from "./schedules/every.js";
import { geometric } from "./schedules/geometric.js";
import { windows } from "./schedules/windows.js";

/** Every schedule. Adding one is its file and a line here. */
const definitions = [at, every, always, bernoulli, geometric, burst, decaying, windows, customSchedule] as const;

/** The options of every schedule, told apart by `name`. */
export const scheduleSchema = z.discriminatedUnion("name", [...schemasOf(definitions)]);

/** Name → when a parameter changes, for listings. */
export const driftSchedules: Readonly<Record<string, string>> = describeAll(definitions);

/** The schedule of checked options. */
export function buildSchedule(options: z.output<typeof scheduleSchema>): Schedule {
  return definitionOf<ScheduleDefinition>(definitions, options.name).create(options);
}
