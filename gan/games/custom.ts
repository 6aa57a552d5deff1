import { z } from "zod";
import { InputError } from "../../src/config/input-error.js";
import { loadExport, moduleExists, moduleHash, userModuleFields } from "../../src/config/user-module.js";
import { requireGame } from "../../src/play/check-game.js";
import type { Game } from "../../src/play/game.js";
import type { Streams } from "../../src/rng/streams.js";

/**
 * What a user has to write: a function that makes a game (see game.ts) at its start, afresh for every run.
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
  .superRefine(({ module, create }, context) => {
    if ((module === undefined) === (create === undefined)) {
      context.addIssue({ code: "custom", path: [], message: "expected either module or create" });
    } else if (module !== undefined && !moduleExists(module)) {
      context.addIssue({ code: "custom", path: ["module"], message: "there is no such file" });
    }
  });
export type CustomGameOptions = z.output<typeof customGameSchema>;

/**
 * Adds the module's hash, see {@link moduleHash}.
 *
 * @throws InputError where the options name another hash than the module has
 */
export function resolveCustomGame(given: CustomGameOptions): CustomGameOptions {
  if (given.module === undefined) return given;
  return { ...given, sha256: moduleHash(given.module, given.sha256, "game") };
}

/**
 * A game of the user's own, from a module or a function. Its interface is checked before the first step, its losses at
 * every one.
 *
 * @throws InputError where the module cannot be loaded, has no such export, or the export makes no game
 */
export function customGame(given: CustomGameOptions, streams: Streams): Game {
  const { module, export: name, options, create } = given;
  const make = create ?? loadExport(module as string, name, "game");
  const what = create === undefined ? `game.module: ${module}` : "game.create";
  if (typeof make !== "function") throw new InputError(`${what}: expected a function (options, streams) → game`);
  const game: unknown = make(options, streams);
  requireGame(game, what);
  return {
    // Named one by one: the game may be an instance of a class, whose methods a spread would lose.
    name: game.name,
    players: game.players,
    gradient(player) {
      const loss = game.gradient(player);
      if (typeof loss === "number") return loss;
      throw new InputError(`${what}: expected gradient(${player}) to return the loss, found ${String(loss)}`);
    },
    observables: game.observables,
    observe: (out) => game.observe(out),
    ...(game.constrain === undefined ? {} : { constrain: (player) => game.constrain?.(player) }),
    ...(game.jacobian === undefined ? {} : { jacobian: (out) => game.jacobian?.(out) }),
    ...(game.equilibria === undefined ? {} : { equilibria: game.equilibria }),
    ...(game.linear === undefined ? {} : { linear: game.linear }),
    ...(game.plane === undefined ? {} : { plane: game.plane }),
  };
}
