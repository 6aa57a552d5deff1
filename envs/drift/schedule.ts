import type { z } from "zod";
import type { RandomStream } from "../../src/rng/random-stream.js";

/** The times at which a parameter changes. Stateless: random times are drawn from the stream that is handed in. */
export interface Schedule {
  /**
   * The time of the first change after the given one, in environment steps; infinite when there is none.
   *
   * @param stream the entry's own, `drift/i`
   */
  next(after: number, stream: RandomStream): number;
  /** Whether it draws nothing, so that times may be asked for ahead of an update's draws. */
  readonly fixed?: true;
  /** Of a schedule whose times are all the multiples of one number: how many have passed is then a division. */
  readonly period?: number;
}

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** A schedule as the list of all knows it: its options, a line for listings, and how one is made. */
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
