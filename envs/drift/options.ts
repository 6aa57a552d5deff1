import { z } from "zod";
import { check } from "../../src/config/check.js";
import { checkParameter, type ParameterSpecs } from "../parameters.js";
import { at, atSchema } from "./at.js";
import { cycle, cycleSchema } from "./cycle.js";
import { every, everySchema } from "./every.js";
import type { Schedule } from "./schedule.js";
import type { Update } from "./update.js";

/** The options of every schedule and of every update, told apart by `name`. */
export const scheduleSchema = z.discriminatedUnion("name", [atSchema, everySchema]);
export const updateSchema = z.discriminatedUnion("name", [cycleSchema]);

/** What drifts: each entry is a parameter, when it changes, and what it changes to. */
export const driftSchema = z.array(
  z.strictObject({
    parameter: z.string().describe("a parameter of the environment"),
    schedule: scheduleSchema.describe("when it changes, on the lifetime clock"),
    update: updateSchema.describe("what it changes to"),
  }),
);
export type DriftOptions = z.output<typeof driftSchema>;
export type DriftInput = z.input<typeof driftSchema>;

export function buildSchedule(options: z.output<typeof scheduleSchema>): Schedule {
  switch (options.name) {
    case "at":
      return at(options);
    case "every":
      return every(options);
  }
}

export function buildUpdate(options: z.output<typeof updateSchema>): Update {
  switch (options.name) {
    case "cycle":
      return cycle(options);
  }
}

/**
 * The checked drift of an environment with these parameters.
 *
 * @throws InputError for an unknown parameter, schedule or update, and for a value that the parameter cannot take
 */
export function checkDrift(input: DriftInput, specs: ParameterSpecs, source: string): DriftOptions {
  const options = check(driftSchema, input, source);
  options.forEach(({ parameter, update }, i) => {
    checkParameter(specs, parameter, `${source}: ${i}.parameter`);
    for (const value of buildUpdate(update).range) checkParameter(specs, parameter, `${source}: ${i}.update`, value);
  });
  return options;
}
