import { z } from "zod";
import { InputError } from "../../src/config/input-error.js";
import { loadExport, userModuleFields, withModuleHash } from "../../src/config/user-module.js";
import { requireGame } from "../../src/play/check-game.js";
import { type Game, wrapGame } from "../../src/play/game.js";
import type { Streams } from "../../src/rng/streams.js";
import { defineGame } from "./definition.js";

/**
 * The function that a user writes: it makes a game (see src/play/game.ts) at its start, afresh for every run.
 *
 * @param options as configured
 * @param streams the run's; all randomness comes from them
 */
export type UserGame = (options: Record<string, unknown>, streams: Streams) => Game;

export const customGameSchema = z
  .strictObject({
    name: z.literal("custom"),
    ...userModuleFields,
    export: userModuleFields.export.describe("the module's export: a function (options, streams) → game"),
    options: userModuleFields.options.describe("handed to the function"),
    create: z
      .custom<UserGame>((value) => typeof value === "function", "expected a function (options, streams) → game")
      .optional()
      .describe("the function itself, in code"),
  })
  .refine(
    ({ module, create }) => (module === undefined) !== (create === undefined),
    "expected either module or create",
  );
export type CustomGameOptions = z.output<typeof customGameSchema>;

export const customGameDefinition = defineGame({
  description: "a game of your own: a function of a module of yours (game.module)",
  schema: customGameSchema,
  players: null,
  resolve: (options, base) => withModuleHash(options, "game", base),
  create: customGame,
});

/**
 * A game of the user's own, from a module or a function. Its interface is checked before the first step, its losses at
 * every one.
 *
 * @throws InputError where the module cannot be loaded, has no such export, or the export makes no game
 */
export function customGame(given: CustomGameOptions, streams: Streams, base = "."): Game {
  const { module, options, create } = given;
  const make = create ?? loadExport(given, "game", base);
  const what = create === undefined ? `game.module: ${module}` : "game.create";
  if (typeof make !== "function") throw new InputError(`${what}: expected a function (options, streams) → game`);
  const game: unknown = make(options, streams);
  requireGame(game, what);
  return wrapGame(game, {
    gradient(player) {
      const loss = game.gradient(player);
      if (typeof loss === "number") return loss;
      throw new InputError(`${what}: expected gradient(${player}) to return the loss, found ${String(loss)}`);
    },
  });
}
