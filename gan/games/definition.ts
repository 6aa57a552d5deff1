import type { z } from "zod";
import type { Game } from "../../src/play/game.js";
import type { Streams } from "../../src/rng/streams.js";

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/** A kind of small game, whose players are a few numbers: its options, a line for listings, and how one is made. */
export interface GameDefinition<Schema extends NamedSchema = NamedSchema> {
  readonly description: string;
  readonly schema: Schema;
  /** The players' names, the first mover first; null where a game tells its own when it is made. */
  readonly players: readonly string[] | null;
  /**
   * Fills in what the options refer to outside themselves, such as the digest of a module: part of a run's identity.
   *
   * @param base what relative paths are relative to
   * @throws InputError beginning with the path in the configuration
   */
  resolve?(options: z.output<Schema>, base: string): z.output<Schema>;
  /**
   * The game at its start.
   *
   * @param streams the run's; all randomness comes from them
   * @param base what relative paths are relative to
   */
  create(options: z.output<Schema>, streams: Streams, base: string): Game;
}

/** Lets a definition's functions know the type of its options. */
export function defineGame<Schema extends NamedSchema>(definition: GameDefinition<Schema>): GameDefinition<Schema> {
  return definition;
}
