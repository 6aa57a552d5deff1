import { z } from "zod";
import { cosine } from "../../../math/elementary/trigonometry.js";

/** The factor on the learning rate at an update, by the number of updates done before it (0, 1, …). */
export type Schedule = (step: number) => number;

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** A schedule as the list of all knows it: its options, a line for listings, and the function they make. */
export interface ScheduleDefinition<Schema extends NamedSchema = NamedSchema> {
  readonly description: string;
  readonly schema: Schema;
  create(options: z.output<Schema>): Schedule;
}

/** Lets a definition's function know the type of its options. */
export function defineSchedule<Schema extends NamedSchema>(
  definition: ScheduleDefinition<Schema>,
): ScheduleDefinition<Schema> {
  return definition;
}

/** The checks and options that several schedules share. */
export const factor = z.number().nonnegative();
export const steps = z.int().positive();
export const start = z.int().nonnegative().default(0).describe("steps before it begins");
export const every = steps.default(1).describe("steps in a period");
export const staircase = z.boolean().default(false).describe("only after whole periods");

/** s = min(1, max(0, step/length)), how far a schedule of some length has come. */
export function progress(step: number, length: number): number {
  return Math.min(1, Math.max(0, step / length));
}

/** The number of periods since the start: a fraction unless it is a staircase. */
export function periods(
  step: number,
  options: { readonly start: number; readonly every: number; readonly staircase: boolean },
): number {
  const count = Math.max(0, step - options.start) / options.every;
  return options.staircase ? Math.floor(count) : count;
}

/** Half a cosine: to + (from − to) (1 + cos π s)/2. */
export function halfCosine(from: number, to: number, s: number): number {
  return to + ((from - to) * (1 + cosine(Math.PI * s))) / 2;
}
