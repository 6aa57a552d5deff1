import type { z } from "zod";
import type { RandomStream } from "../../src/rng/random-stream.js";

/** A change as an update sees it. */
export interface Change<Value> {
  /** n: 1 for the first change of this entry, on an episode clock the first of the episode. */
  readonly count: number;
  /** Its time, in environment steps. */
  readonly time: number;
  /** θ₀: the value before the entry's first change. */
  readonly start: Value;
  /** The entry's own, `drift/i`. */
  readonly stream: RandomStream;
}

/** The value that a parameter changes to. */
export interface Update {
  readonly kind: "scalar";
  /** The new value θₙ from the present one. */
  value(present: number, change: Change<number>): number;
  /** Values it gives, so that those which the parameter cannot take are refused before the run; as far as known. */
  readonly range: readonly number[];
  /** Whether θₙ follows from θ₀ and n alone: of several changes between two steps only the last is worked out then. */
  readonly closed?: true;
  /**
   * The value after several changes, each held from `low` to `high`, where a change depends on nothing but the present
   * value and one normal: the same bits as one after the other, and nothing is allocated.
   *
   * @param normals one for each change, standard normals drawn from the stream
   */
  walk?(present: number, changes: number, normals: Float64Array, low: number, high: number): number;
}

/** The distribution that a distribution changes to: probabilities that sum to 1. */
export interface DistributionUpdate {
  readonly kind: "distribution";
  move(present: readonly number[], change: Change<readonly number[]>): readonly number[];
  /** The distributions named in the options, so that their length is checked before the run. */
  readonly named: readonly (readonly number[])[];
}

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** An update as the list of all knows it: its options, a line for listings, and how one is made. */
export interface UpdateDefinition<Schema extends NamedSchema = NamedSchema> {
  readonly description: string;
  readonly schema: Schema;
  create(options: z.output<Schema>): Update | DistributionUpdate;
}

/** Lets a definition's function know the type of its options. */
export function defineUpdate<Schema extends NamedSchema>(
  definition: UpdateDefinition<Schema>,
): UpdateDefinition<Schema> {
  return definition;
}
