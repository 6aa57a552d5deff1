import type { z } from "zod";
import type { Target } from "./target.js";

/** A kind of target: its options, a line for listings, and how one is made. */
export interface TargetDefinition<
  Schema extends z.ZodObject<{ name: z.ZodLiteral<string> }> = z.ZodObject<{ name: z.ZodLiteral<string> }>,
> {
  readonly description: string;
  readonly schema: Schema;
  /**
   * Fills in what the options refer to outside themselves, such as the digest of a file: part of a run's identity.
   *
   * @param base what relative paths are relative to
   * @throws InputError beginning with the path in the configuration
   */
  resolve?(options: z.output<Schema>, base: string): z.output<Schema>;
  /** @param base what relative paths are relative to */
  create(options: z.output<Schema>, base: string): Target;
}

/** Lets a definition's functions know the type of its options. */
export function defineTarget<Schema extends z.ZodObject<{ name: z.ZodLiteral<string> }>>(
  definition: TargetDefinition<Schema>,
): TargetDefinition<Schema> {
  return definition;
}
