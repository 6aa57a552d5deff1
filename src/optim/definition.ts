import type { z } from "zod";
import { type Defaults, type OwnDefaults, type Resolved, resolveOptions } from "./around/options.js";
import type { Optimizer } from "./optimizer.js";
import type { UpdateEngine } from "./rule.js";

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** An optimizer as the list of all knows it: its options, a line for listings, and how one is made. */
export interface OptimizerDefinition<Schema extends NamedSchema = NamedSchema, Options = unknown> {
  readonly description: string;
  /** The options as they are written. */
  readonly schema: Schema;
  /** The options with every default filled in. */
  resolve(given: z.output<Schema>): Options;
  /**
   * @param engine does the work where the vectors are its own and it has a kernel for the optimizer
   * @param base what the path of a user's module is relative to
   */
  make(options: Options, engine: UpdateEngine | undefined, base: string): Optimizer;
}

/** A rule as its file defines it. */
interface Rule<Schema extends NamedSchema> {
  readonly description: string;
  readonly schema: Schema;
  readonly defaults: Defaults<OwnDefaults<Resolved<Schema>>>;
  /** Defaults that follow from other options, in place of the table's. */
  derived?(given: z.output<Schema>, flavour: keyof Defaults): Partial<Resolved<Schema>>;
  make(options: Resolved<Schema>, engine?: UpdateEngine): Optimizer;
}

/** A rule with its options resolved by its table of defaults. */
export function defineRule<Schema extends NamedSchema>({
  description,
  schema,
  defaults,
  derived,
  make,
}: Rule<Schema>): OptimizerDefinition<Schema, Resolved<Schema>> & { readonly defaults: Defaults } {
  return {
    description,
    schema,
    defaults,
    resolve: (given) =>
      resolveOptions(given, defaults, (flavour) => derived?.(given, flavour) ?? {}) as Resolved<Schema>,
    make,
  };
}
