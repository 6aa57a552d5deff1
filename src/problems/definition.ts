import type { z } from "zod";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** A kind of problem, a game whose players are all moved by one rule, most often of one player: its options, a line for listings, and how one is made. */
export interface ProblemDefinition<Schema extends NamedSchema = NamedSchema> {
  readonly description: string;
  readonly schema: Schema;
  /**
   * The problem at its start.
   *
   * @param streams the run's; all randomness comes from them
   * @param engine the name of the compute engine, for a problem that has networks
   */
  create(options: z.output<Schema>, streams: Streams, engine: string): Game;
}

/** Lets a definition's functions know the type of its options. */
export function defineProblem<Schema extends NamedSchema>(
  definition: ProblemDefinition<Schema>,
): ProblemDefinition<Schema> {
  return definition;
}
