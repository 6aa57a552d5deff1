import { createEngine } from "../src/kernels/create.js";
import type { OptimizerOptions } from "../src/optim/index.js";
import { Streams } from "../src/rng/streams.js";
import { digest } from "../src/study/digest.js";
import type { Outcome, RunContext, Summary, Task } from "../src/study/task.js";
import { averaging } from "./averaging.js";
import { bilinear, linearisedBilinear } from "./bilinear.js";
import {
  defaultBatch,
  type GameTaskConfig,
  gameTaskSchema,
  ganNetworkSchema,
  isScalar,
  type ScalarOptions,
} from "./config.js";
import { playAll } from "./course.js";
import { dirac, linearisedDirac } from "./dirac.js";
import { slicedWasserstein, squaredMmd } from "./distances.js";
import type { Game } from "./game.js";
import { measureLinearOrbit, measureMean, measureOrbit } from "./measure.js";
import { sampleMixture } from "./mixture.js";
import { type MixtureGan, type MixtureOptions, mixtureGan } from "./mixture-gan.js";
import { neighbourhood } from "./neighbours.js";
import { writePicture } from "./picture.js";
import { noPrediction, predictOrbit } from "./predict.js";
import { quality } from "./quality.js";

/** The games known by name, with a line for listings. */
export const games = {
  bilinear: "f = c x y + γ/2 (x² − y²): the pure rotation, damped if asked",
  dirac: "the Dirac-GAN: a generator that is a point, a discriminator that is a slope, five losses, R1 if asked",
  ring: "a 2D GAN on a ring of Gaussians (8 modes)",
  grid: "a 2D GAN on a square grid of Gaussians (25 modes)",
} as const satisfies Record<GameTaskConfig["game"]["name"], string>;

/** Samples for the quality measures and for the picture of the generator at the end of a run. */
const evaluationRows = 2048;

/**
 * Plays a game with one optimizer per player and logs every step.
 *
 * Table `metrics`, one row per step: `step` (after how many steps), the game's observables (bilinear: x, y; dirac:
 * psi, theta; GANs: meanX, meanY), and for each player its loss, gradient norm and update norm of that step. GANs also
 * write `quality` (modes, highQuality, reverseKl, spread at 20 times of the run) and, of the end, `samples` (x, y of the
 * final generator), `target` (x, y of the data), `modes` (x, y, deviation) and `surface` (x, y, the discriminator's
 * logit on a grid).
 *
 * Summary: `measured` and `predicted` side by side, null where undefined; GANs add the final generator's quality and its
 * distances from the target (squaredMmd with a bandwidth of 10σ, slicedWasserstein, precision, recall, density and
 * coverage with k = 5, on 1000 points each); with averaging also `averaged`, the quality of
 * the averaged generator.
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
  const { optimizer, optimizers, order, firstPlayerSteps } = config;
  // The closed forms are for two players alike, who take turns.
  const alike = firstPlayerSteps === 1 && Object.keys(optimizers).length === 0;
  const linear = options.name === "bilinear" && alike && isLinear(optimizer);
  const measured = linear ? measureLinearOrbit(x, y, optimizer.name === "sgd" ? 1 : 2) : measureOrbit(x, y);
  const predicted = alike ? predictOrbit(linearised, order, optimizer, x.length) : noPrediction;
  return finish(game, outcome, { measured: { ...measured }, predicted: { ...predicted } });
}

function runGan(options: MixtureOptions, config: GameTaskConfig, context: RunContext) {
  const streams = new Streams(context.seed);
  const gan = mixtureGan(options, createEngine(context.engine), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
    ...(config.discriminator === undefined ? {} : { discriminator: config.discriminator }),
    batch: config.batch ?? defaultBatch,
  });
  const generator = gan.players[1].parameters as Float32Array;
  const average = config.averaging === undefined ? null : averaging(generator, config.averaging.decay);
  const table = context.table("quality", {
    step: "int32",
    modes: "int32",
    highQuality: "float64",
    reverseKl: "float64",
    spread: "float64",
  });
  const draw = () => gan.sample(streams.get("evaluation"), evaluationRows);
  const evaluate = () => quality(gan.mixture, draw(), evaluationRows);
  const every = Math.max(1, Math.floor(config.steps / 20));
  let latest: Readonly<Record<string, number>> = {};
  const watched: RunContext = {
    ...context,
    progress: (share, losses) => context.progress(share, { ...losses, ...latest }),
  };
  const { outcome, observed } = playAll(gan, config, watched, (step) => {
    average?.add();
    if (step % every !== 0) return;
    const { modes, highQuality, reverseKl, spread } = evaluate();
    table.append(step, modes, highQuality, reverseKl, spread);
    latest = { modes, highQuality };
  });
  const real = new Float32Array(2 * comparedRows);
  sampleMixture(gan.mixture, streams.get("evaluation/real"), real, comparedRows);
  writePicture(gan, draw(), real, context);
  const [x, y] = observed;
  const measured = { ...measureMean(x, y), ...finiteQuality(evaluate()), ...compare(real, gan, streams) };
  const summary: Summary = { measured, predicted: { ...noPrediction } };
  return finish(gan, outcome, average === null ? summary : { ...summary, averaged: evaluateAverage(gan, average) });

  function evaluateAverage(of: MixtureGan, { during }: ReturnType<typeof averaging>) {
    return during(() => finiteQuality(quality(of.mixture, draw(), evaluationRows)));
  }
}

/** Whether a step is a linear function of gradients, the same at every step. */
function isLinear(optimizer: OptimizerOptions): boolean {
  if (optimizer.name !== "sgd" && optimizer.name !== "momentum") return false;
  return optimizer.schedule === null && optimizer.clip === null;
}

/** Points of each sample in the comparisons, whose cost grows with their square. */
const comparedRows = 1000;

/** Distances between the generator's sample and one of the target; null where a sample is not finite. */
function compare(real: Float32Array, gan: MixtureGan, streams: Streams): Summary {
  const generated = gan.sample(streams.get("evaluation"), comparedRows);
  const measures = {
    squaredMmd: squaredMmd(real, generated, 10 * gan.mixture.deviation),
    slicedWasserstein: slicedWasserstein(real, generated, streams.get("evaluation/directions")),
    ...neighbourhood(real, generated),
  };
  const finite = generated.every(Number.isFinite);
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, finite ? value : null]));
}

/** A spread is undefined where no sample is of high quality. */
function finiteQuality({ spread, ...rest }: ReturnType<typeof quality>) {
  return { ...rest, spread: Number.isFinite(spread) ? spread : null };
}

function finish(game: Game, outcome: Outcome, summary: Summary) {
  const parameters = game.players.map((player) => player.parameters);
  return { outcome, summary, parametersSha256: digest(...parameters) };
}
