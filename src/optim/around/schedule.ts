import { z } from "zod";
import { definitionOf, describeAll, schemasOf } from "../../config/definitions.js";
import { constantSchedule } from "./schedules/constant.js";
import { cosineSchedule } from "./schedules/cosine.js";
import { cosineCycleSchedule } from "./schedules/cosine-cycle.js";
import { defineSchedule, factor, type Schedule, type ScheduleDefinition, steps } from "./schedules/definition.js";
import { exponentialSchedule } from "./schedules/exponential.js";
import { inverseTimeSchedule } from "./schedules/inverse-time.js";
import { linearSchedule } from "./schedules/linear.js";
import { oneCycleSchedule } from "./schedules/one-cycle.js";
import { piecewiseSchedule } from "./schedules/piecewise.js";
import { polynomialSchedule } from "./schedules/polynomial.js";

export type { Schedule } from "./schedules/definition.js";

/** Every schedule that stands alone. Adding one is its file and a line here. */
const alone = [
  constantSchedule,
  linearSchedule,
  polynomialSchedule,
  exponentialSchedule,
  inverseTimeSchedule,
  piecewiseSchedule,
  cosineSchedule,
  cosineCycleSchedule,
  oneCycleSchedule,
] as const;

/** from + (1 − from) t/steps; after `steps` the schedule `after` from its own 0. */
const warmUpSchedule = defineSchedule({
  description: "a straight rise before another schedule",
  schema: z.strictObject({
    name: z.literal("warmUp"),
    steps: steps.describe("length of the linear rise"),
    from: factor.default(0).describe("the first factor"),
    after: z
      .discriminatedUnion("name", [...schemasOf(alone)])
      .prefault({ name: "constant" })
      .describe("what follows, with its own count of steps"),
  }),
  create({ steps: length, from, after }) {
    const next = definitionOf<ScheduleDefinition>(alone, after.name).create(after);
    return (step) => (step < length ? from + (1 - from) * (step / length) : next(step - length));
  },
});
const definitions = [...alone, warmUpSchedule] as const;

/** Name → the line about it, for listings. */
export const schedules: Readonly<Record<string, string>> = describeAll(definitions);

/** A schedule as data. */
export const scheduleSchema = z.discriminatedUnion("name", [...schemasOf(definitions)]);
/** Options of a schedule, with every default filled in. */
export type ScheduleOptions = z.output<typeof scheduleSchema>;

/** A factor on the learning rate as a function of the number t of updates done before: see `schedules/`. */
export function schedule(options: ScheduleOptions): Schedule {
  return definitionOf<ScheduleDefinition>(definitions, options.name).create(options);
}
