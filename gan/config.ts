import { z } from "zod";
import { definitionOf, describeAll, schemasOf } from "../src/config/definitions.js";
import { suggest } from "../src/config/nearest.js";
import { activations } from "../src/kernels/engine.js";
import { networkSchema } from "../src/nn/spec.js";
import { optimizerSchema } from "../src/optim/index.js";
import type { CourseOptions } from "../src/play/course.js";
import { spectrumSchema } from "../src/play/jacobian-spectrum.js";
import { lookaheadSchema } from "../src/play/lookahead.js";
import { orderNames } from "../src/play/orders.js";
import { mostSteps } from "../src/study/task.js";
import type { GameDefinition } from "./games/definition.js";
import { smallGames } from "./games/index.js";
import { isPlaneGan, type PlaneGanOptions, planeGanSchemas, refusedTogether } from "./networks/options.js";
import { targets } from "./targets/index.js";

/** ReLU unless said otherwise, where other networks default to tanh. */
export const ganNetworkSchema = networkSchema.extend({
  activation: z.enum(activations).default("relu").describe("activation of the hidden layers"),
});
export const defaultBatch = 256;

/** The games known by name, with a line for listings; `custom` is a module of the user's own. */
export const games: Readonly<Record<string, string>> = { ...describeAll(smallGames), ...describeAll(targets) };

/** A run of a game as configuration files write it. */
export const gameTaskSchema = z
  .strictObject({
    game: z
      .discriminatedUnion("name", [...schemasOf(smallGames), ...planeGanSchemas])
      .describe("the game, by its name, and its options"),
    order: z
      .enum(orderNames)
      .default("alternating")
      .describe("whose gradient is taken when: at one point for all, after each move, or where a step leads"),
    optimizer: optimizerSchema.describe("of both players; each has its own state"),
    optimizers: z.record(z.string(), optimizerSchema).default({}).describe("by player, where it differs"),
    twoTimeScale: z
      .number()
      .positive()
      .optional()
      .describe("the first player's learning rate by that of `optimizer`, which the others take (TTUR)"),
    firstPlayerSteps: z.int().positive().default(1).describe("steps of the first player for each of the second"),
    lookahead: lookaheadSchema.optional().describe("slow parameters that call both players back, around any order"),
    consensus: z
      .number()
      .nonnegative()
      .default(0)
      .describe("γ of consensus optimisation: both players also descend γ/2 |g|² of all gradients; small games only"),
    gradientNoise: z
      .number()
      .nonnegative()
      .default(0)
      .describe("σ of normal noise on every gradient (streams noise/<player>); small games only"),
    steps: z.int().positive().max(mostSteps).default(2000).describe("steps of the second player"),
    network: ganNetworkSchema
      .optional()
      .describe("hidden layers of the generator, and of the discriminator unless it has its own (default 64-64 ReLU)"),
    discriminator: ganNetworkSchema.optional().describe("hidden layers of the discriminator, where they differ"),
    batch: z.int().positive().optional().describe(`samples per gradient (default ${defaultBatch})`),
    averaging: z
      .strictObject({
        decay: z
          .number()
          .min(0)
          .lt(1)
          .default(0.999)
          .describe("β: the average a ← β a + (1 − β) θ after every step; its memory is 1/(1 − β) steps"),
      })
      .optional()
      .describe("keep an average of the generator's parameters and measure its samples too"),
    pathAngle: z
      .boolean()
      .optional()
      .describe("the field along the line from start to end, by 100 gradients (default: for small games)"),
    snapshots: z
      .int()
      .positive()
      .max(1000)
      .optional()
      .describe("at how many times, evenly spread, samples and decision surface are stored; GANs only"),
    field: z
      .int()
      .min(3)
      .max(101)
      .optional()
      .describe(
        "points along one side of a grid around the path on which the game's flow is stored; of two numbers only",
      ),
    spectrum: spectrumSchema.optional().describe("eigenvalues of the game's Jacobian where the run ends"),
  })
  .superRefine((config, context) => {
    const { game, optimizers, network, discriminator, batch, averaging, snapshots, consensus, gradientNoise } = config;
    const late = config.spectrum?.at?.findIndex((step) => step > config.steps) ?? -1;
    const refuse = (path: string[], message: string, params = {}) =>
      context.addIssue({ code: "custom", path, message, params, input: undefined });
    if (late >= 0) refuse(["spectrum", "at", String(late)], `expected at most steps, ${config.steps}`);
    const players = playersOf(game);
    if (config.twoTimeScale !== undefined) {
      if (players === null)
        refuse(["twoTimeScale"], "a game of your own names its players only when it is made; set optimizers.<player>");
      else if (Object.hasOwn(optimizers, players[0])) {
        refuse(
          ["twoTimeScale"],
          `optimizers.${players[0]} sets that player's learning rate already; choose one of them`,
        );
      }
    }
    for (const name of players === null ? [] : Object.keys(optimizers)) {
      if (players?.includes(name)) continue;
      refuse(["optimizers", name], `no player of ${game.name}${suggest(name, players ?? [])}`, { nameOnly: true });
    }
    if (isPlaneGan(game) && config.field !== undefined) {
      refuse(["field"], `the players of the ${game.name} game are networks; a field in the plane takes two numbers`);
    }
    if (!isPlaneGan(game)) {
      for (const [key, value] of Object.entries({ network, discriminator, batch, averaging, snapshots })) {
        if (value !== undefined)
          refuse([key], `the ${game.name} game has no networks, no batches, no averaging and no samples`);
      }
    } else {
      if (consensus > 0) {
        refuse(["consensus"], `the ${game.name} game provides no Jacobian, which consensus optimisation needs`);
      }
      if (gradientNoise > 0) refuse(["gradientNoise"], `the ${game.name} game has the noise of its batches`);
      const where = discriminator === undefined ? "network" : "discriminator";
      const critic = discriminator ?? network ?? ganNetworkSchema.parse({});
      for (const { path, message } of refusedTogether(game, critic, where)) refuse(path, message);
      const batchNormalised = network?.normalization === "batch";
      if (batch === 1 && (batchNormalised || critic.normalization === "batch")) {
        refuse(["batch"], "expected at least 2 for batch normalisation: a sample alone has no spread");
      }
      if (averaging !== undefined && batchNormalised) {
        refuse(["averaging"], "averaged weights have no running averages of their own, as batch normalisation needs");
      }
    }
  });
/** A checked configuration of the task `game`. */
export type GameTaskConfig = z.output<typeof gameTaskSchema>;

export type GameOptions = GameTaskConfig["game"];
export type SmallOptions = Exclude<GameOptions, PlaneGanOptions>;

/** The definition of a small game. */
export function smallGameOf({ name }: SmallOptions): GameDefinition {
  return definitionOf<GameDefinition>(smallGames, name);
}

/** The players' names, the first mover first; null where a game tells its own when it is made. */
function playersOf(game: GameOptions): readonly string[] | null {
  return isPlaneGan(game) ? ["discriminator", "generator"] : smallGameOf(game).players;
}

/**
 * How a run of this configuration plays its game.
 *
 * Two time scales are Heusel et al.'s (2017) update rule, TTUR: the first player, a GAN's discriminator, learns faster or
 * slower than the others by a factor, as one that is always near its best answer to them.
 */
export function courseOptions(config: GameTaskConfig): CourseOptions {
  const { steps, order, optimizer, firstPlayerSteps, lookahead, twoTimeScale, game } = config;
  const moves = [firstPlayerSteps];
  const first = playersOf(game)?.[0];
  const optimizers =
    twoTimeScale === undefined || first === undefined
      ? config.optimizers
      : { ...config.optimizers, [first]: { ...optimizer, lr: twoTimeScale * optimizer.lr } };
  return { steps, order, optimizer, optimizers, moves, ...(lookahead === undefined ? {} : { lookahead }) };
}
