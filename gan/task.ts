import { z } from "zod";
import { createEngine } from "../src/kernels/create.js";
import { activations } from "../src/kernels/engine.js";
import { networkSchema } from "../src/nn/spec.js";
import { buildOptimizer, optimizerSchema } from "../src/optim/index.js";
import { Streams } from "../src/rng/streams.js";
import { digest } from "../src/study/digest.js";
import type { Outcome, RunContext, Summary, Task } from "../src/study/task.js";
import { bilinear, bilinearSchema } from "./bilinear.js";
import type { Game } from "./game.js";
import { measureLinearOrbit, measureMean, measureOrbit } from "./measure.js";
import { gridSchema, type MixtureGan, mixtureGan, ringSchema } from "./mixture-gan.js";
import { orders, type Play, play } from "./play.js";
import { noPrediction, predictBilinear } from "./predict.js";
import { quality } from "./quality.js";

/** The games known by name, with a line for listings. */
export const games = {
  bilinear: "f = c x y + γ/2 (x² − y²): the pure rotation, damped if asked",
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
    game: z.discriminatedUnion("name", [bilinearSchema, ringSchema, gridSchema]),
    order: z.enum(orders).default("alternating"),
    optimizer: optimizerSchema.describe("of both players; each has its own state"),
    steps: z.int().positive().default(2000),
    network: ganNetworkSchema.optional().describe("hidden layers of both networks; GANs only (default 64-64 ReLU)"),
    batch: z.int().positive().optional().describe(`samples per gradient; GANs only (default ${defaultBatch})`),
  })
  .superRefine(({ game, network, batch }, context) => {
    if (game.name !== "bilinear") return;
    for (const [key, value] of Object.entries({ network, batch })) {
      if (value === undefined) continue;
      context.addIssue({ code: "custom", path: [key], message: "the bilinear game has no networks and no batches" });
    }
  });
export type GameTaskConfig = z.output<typeof gameTaskSchema>;

/**
 * Plays a game with one optimizer per player and logs every step.
 *
 * Table `metrics`, one row per step: `step` (after how many steps), the game's observables (bilinear: x, y; GANs:
 * meanX, meanY), and for each player its loss, gradient norm and update norm of that step. GANs also write `quality`
 * (modes, highQuality, reverseKl at 20 times of the run) and `samples` (x, y of the final generator).
 *
 * Summary: `measured` and `predicted` side by side, null where undefined.
 */
export const gameTask: Task<GameTaskConfig> = {
  name: "game",
  description: "two players, an optimizer each, every step logged",
  schema: gameTaskSchema as unknown as Task<GameTaskConfig>["schema"],
  run(config, context) {
    return config.game.name === "bilinear" ? runBilinear(config, context) : runGan(config, context);
  },
};

function runBilinear(config: GameTaskConfig, context: RunContext) {
  if (config.game.name !== "bilinear") throw new TypeError("not the bilinear game");
  const game = bilinear(config.game);
  const { outcome, observed } = playAll(game, config, context);
  const [x, y] = observed;
  const { optimizer, order } = config;
  const linear =
    (optimizer.name === "sgd" || optimizer.name === "momentum") &&
    optimizer.schedule === null &&
    optimizer.clip === null;
  const measured = linear ? measureLinearOrbit(x, y, optimizer.name === "sgd" ? 1 : 2) : measureOrbit(x, y);
  const predicted = predictBilinear(config.game, order, optimizer, x.length);
  return finish(game, outcome, { measured: { ...measured }, predicted: { ...predicted } });
}

function runGan(config: GameTaskConfig, context: RunContext) {
  if (config.game.name === "bilinear") throw new TypeError("not a GAN");
  const streams = new Streams(context.seed);
  const gan = mixtureGan(config.game, createEngine(context.engine), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
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
