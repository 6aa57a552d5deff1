import { z } from "zod";
import { createEngine } from "../src/kernels/create.js";
import { activations } from "../src/kernels/engine.js";
import { networkSchema } from "../src/nn/spec.js";
import { buildOptimizer, optimizerSchema } from "../src/optim/index.js";
import { Streams } from "../src/rng/streams.js";
import { digest } from "../src/study/digest.js";
import type { Outcome, RunContext, Summary, Task } from "../src/study/task.js";
import { bilinear, bilinearSchema, linearisedBilinear } from "./bilinear.js";
import { dirac, diracSchema, linearisedDirac } from "./dirac.js";
import type { Game } from "./game.js";
import { measureLinearOrbit, measureMean, measureOrbit } from "./measure.js";
import { gridSchema, type MixtureGan, type MixtureOptions, mixtureGan, ringSchema } from "./mixture-gan.js";
import { orders, type Play, play } from "./play.js";
import { noPrediction, predictOrbit } from "./predict.js";
import { quality } from "./quality.js";

/** The games known by name, with a line for listings. */
export const games = {
  bilinear: "f = c x y + γ/2 (x² − y²): the pure rotation, damped if asked",
  dirac: "the Dirac-GAN: a generator that is a point, a discriminator that is a slope, five losses, R1 if asked",
  ring: "a 2D GAN on a ring of Gaussians (8 modes)",
  grid: "a 2D GAN on a square grid of Gaussians (25 modes)",
} as const;

/** ReLU unless said otherwise, where other networks default to tanh. */
const ganNetworkSchema = networkSchema.extend({ activation: z.enum(activations).default("relu") });
const defaultBatch = 256;
/** Samples for the quality measures and for the picture of the generator at the end of a run. */
const evaluationRows = 2048;

export const gameTaskSchema = z
  .strictObject({
    game: z.discriminatedUnion("name", [bilinearSchema, diracSchema, ringSchema, gridSchema]),
    order: z.enum(orders).default("alternating"),
    optimizer: optimizerSchema.describe("of both players; each has its own state"),
    steps: z.int().positive().default(2000),
    network: ganNetworkSchema
      .optional()
      .describe(
        "hidden layers of the generator, and of the discriminator unless it has its own; GANs only (default 64-64 ReLU)",
      ),
    discriminator: ganNetworkSchema.optional().describe("hidden layers of the discriminator, where they differ"),
    batch: z.int().positive().optional().describe(`samples per gradient; GANs only (default ${defaultBatch})`),
  })
  .superRefine(({ game, network, discriminator, batch }, context) => {
    if (!isScalar(game)) {
      if (game.r1 > 0 && (discriminator ?? network)?.activation === "tanh") {
        const message = "tanh is not piecewise linear, as game.r1 needs; expected relu, leakyRelu or identity";
        context.addIssue({
          code: "custom",
          path: [discriminator ? "discriminator" : "network", "activation"],
          message,
        });
      }
      return;
    }
    for (const [key, value] of Object.entries({ network, discriminator, batch })) {
      if (value === undefined) continue;
      context.addIssue({
        code: "custom",
        path: [key],
        message: `the ${game.name} game has no networks and no batches`,
      });
    }
  });
type GameOptions = z.output<typeof bilinearSchema> | z.output<typeof diracSchema> | MixtureOptions;
type ScalarOptions = Exclude<GameOptions, MixtureOptions>;

/** Whether the players are scalars, with closed forms, and not networks. */
function isScalar(game: GameOptions): game is ScalarOptions {
  return game.name === "bilinear" || game.name === "dirac";
}

export type GameTaskConfig = z.output<typeof gameTaskSchema>;

/**
 * Plays a game with one optimizer per player and logs every step.
 *
 * Table `metrics`, one row per step: `step` (after how many steps), the game's observables (bilinear: x, y; dirac:
 * psi, theta; GANs: meanX, meanY), and for each player its loss, gradient norm and update norm of that step. GANs also write `quality`
 * (modes, highQuality, reverseKl at 20 times of the run) and `samples` (x, y of the final generator).
 *
 * Summary: `measured` and `predicted` side by side, null where undefined.
 */
export const gameTask: Task<GameTaskConfig> = {
  name: "game",
  description: "two players, an optimizer each, every step logged",
  schema: gameTaskSchema as unknown as Task<GameTaskConfig>["schema"],
  run(config, context) {
    const { game } = config;
    return isScalar(game) ? runScalars(game, config, context) : runGan(game, config, context);
  },
};

function runScalars(options: ScalarOptions, config: GameTaskConfig, context: RunContext) {
  const game = options.name === "bilinear" ? bilinear(options) : dirac(options);
  const linearised = options.name === "bilinear" ? linearisedBilinear(options) : linearisedDirac(options);
  const { outcome, observed } = playAll(game, config, context);
  const [x, y] = observed;
  const { optimizer, order } = config;
  const linear = options.name === "bilinear" && (optimizer.name === "sgd" || optimizer.name === "momentum");
  const measured = linear ? measureLinearOrbit(x, y, optimizer.name === "sgd" ? 1 : 2) : measureOrbit(x, y);
  const predicted = predictOrbit(linearised, order, optimizer, x.length);
  return finish(game, outcome, { measured: { ...measured }, predicted: { ...predicted } });
}

function runGan(options: MixtureOptions, config: GameTaskConfig, context: RunContext) {
  const streams = new Streams(context.seed);
  const gan = mixtureGan(options, createEngine(context.engine), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
    ...(config.discriminator === undefined ? {} : { discriminator: config.discriminator }),
    batch: config.batch ?? defaultBatch,
  });
  const table = context.table("quality", {
    step: "int32",
    modes: "int32",
    highQuality: "float64",
    reverseKl: "float64",
  });
  const evaluate = () => quality(gan.mixture, gan.sample(streams.get("evaluation"), evaluationRows), evaluationRows);
  const every = Math.max(1, Math.floor(config.steps / 20));
  const { outcome, observed } = playAll(gan, config, context, (step) => {
    if (step % every !== 0) return;
    const { modes, highQuality, reverseKl } = evaluate();
    table.append(step, modes, highQuality, reverseKl);
  });
  writeSamples(gan, streams, context);
  const [x, y] = observed;
  const measured = { ...measureMean(x, y), ...evaluate() };
  const predicted = { ...noPrediction };
  return finish(gan, outcome, { measured, predicted });
}

/** Plays all steps; stops at the first loss or gradient that is not finite. */
function playAll(game: Game, config: GameTaskConfig, context: RunContext, after: (step: number) => void = () => {}) {
  const { steps } = config;
  const names = game.players.map(({ name }) => name);
  const metrics = context.table("metrics", {
    step: "int32",
    ...Object.fromEntries(game.observables.map((name) => [name, "float64" as const])),
    ...Object.fromEntries(
      names.flatMap((name) => ["Loss", "GradientNorm", "UpdateNorm"].map((what) => [name + what, "float64" as const])),
    ),
  });
  const optimizers = [buildOptimizer(config.optimizer), buildOptimizer(config.optimizer)] as const;
  const round: Play = play(game, config.order, optimizers);
  const { losses, gradientNorms, updateNorms } = round.record;
  const observation = new Float64Array(game.observables.length);
  const observed = game.observables.map(() => new Float64Array(steps));
  const every = Math.max(1, Math.floor(steps / 100));
  for (let step = 1; step <= steps; step++) {
    round.step();
    game.observe(observation);
    metrics.append(
      step,
      ...observation,
      losses[0],
      gradientNorms[0],
      updateNorms[0],
      losses[1],
      gradientNorms[1],
      updateNorms[1],
    );
    for (let k = 0; k < observation.length; k++) observed[k][step - 1] = observation[k];
    const broken = [0, 1].find(
      (player) => !Number.isFinite(losses[player] + gradientNorms[player] + updateNorms[player]),
    );
    if (broken !== undefined) {
      const reason = `the ${names[broken]} player's loss, gradient or update is not finite`;
      const outcome: Outcome = { kind: "diverged", step, reason };
      return { outcome, observed: observed.map((series) => series.subarray(0, step - 1)) };
    }
    after(step);
    if (step % every === 0) context.progress(step / steps);
  }
  return { outcome: { kind: "completed" } as Outcome, observed };
}

function writeSamples(gan: MixtureGan, streams: Streams, context: RunContext): void {
  const samples = gan.sample(streams.get("evaluation"), evaluationRows);
  const table = context.table("samples", { x: "float32", y: "float32" });
  for (let row = 0; row < evaluationRows; row++) table.append(samples[2 * row], samples[2 * row + 1]);
}

function finish(game: Game, outcome: Outcome, summary: Summary) {
  const parameters = game.players.map((player) => player.parameters);
  return { outcome, summary, parametersSha256: digest(...parameters) };
}
