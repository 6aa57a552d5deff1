import { createEngine } from "../src/kernels/create.js";
import type { OptimizerOptions } from "../src/optim/index.js";
import { RandomStream } from "../src/rng/random-stream.js";
import { Streams } from "../src/rng/streams.js";
import { digest } from "../src/study/digest.js";
import type { Outcome, RunContext, Summary, Task } from "../src/study/task.js";
import { averaging } from "./averaging.js";
import { bilinear, linearisedBilinear } from "./bilinear.js";
import { collapsedAt } from "./collapse.js";
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
import { compare, drawReal, evaluationRows, modeQuality, watch } from "./evaluate.js";
import type { Game } from "./game.js";
import { describeSpectrum, jacobianSpectrum } from "./jacobian-spectrum.js";
import { measureLinearOrbit, measureMean, measureOrbit } from "./measure.js";
import { mixtureGan } from "./mixture-gan.js";
import { createTarget, type MixtureOptions } from "./mixture-options.js";
import { writePicture } from "./picture.js";
import { withDigest } from "./points.js";
import { noPrediction, predictOrbit } from "./predict.js";

/** The games known by name, with a line for listings. */
export const games = {
  bilinear: "f = c x y + γ/2 (x² − y²): the pure rotation, damped if asked",
  dirac: "the Dirac-GAN: a generator that is a point, a discriminator that is a slope, five losses, R1 if asked",
  ring: "a 2D GAN on a ring of Gaussians (8 modes)",
  grid: "a 2D GAN on a square grid of Gaussians (25 modes)",
  swissRoll: "a 2D GAN on the swiss roll, one and a half turns of a spiral",
  moons: "a 2D GAN on two half circles that reach into each other",
  spiral: "a 2D GAN on the arms of a spiral (2)",
  points: "a 2D GAN on the points of a CSV file (game.file)",
} as const satisfies Record<GameTaskConfig["game"]["name"], string>;

/**
 * Plays a game with one optimizer per player and logs every step.
 *
 * Table `metrics`, one row per step: `step` (after how many steps), the game's observables (bilinear: x, y; dirac:
 * psi, theta; GANs: meanX, meanY, logitSpread), and for each player its loss, gradient norm and update norm of that
 * step. GANs also write `quality` (at 20 times of the run modes, highQuality, reverseKl, spread, or slicedWasserstein
 * where the target has no modes) and, of the end, `samples` (x, y of the final generator), `target` (x, y of the data),
 * `modes` (x, y, deviation; where it has some) and `surface` (x, y, the discriminator's logit on a grid).
 *
 * Summary: `measured` and `predicted` side by side, null where undefined; GANs add `collapsedAt`, the step since which
 * the discriminator has told no point from another (null where it does), the final generator's quality and its
 * distances from the target (squaredMmd, slicedWasserstein, precision, recall, density and coverage with k = 5, on 1000
 * points each); with averaging also `averaged`, the quality of the averaged generator. With `spectrum` the eigenvalues of
 * the game's Jacobian at the end: the one of largest modulus (jacobianReal, jacobianImaginary, jacobianResidual), and
 * the lists of all that were found (spectrum).
 */
export const gameTask: Task<GameTaskConfig> = {
  name: "game",
  description: "two players, an optimizer each, every step logged",
  schema: gameTaskSchema as unknown as Task<GameTaskConfig>["schema"],
  resolve(config, folder) {
    const { game } = config;
    return game.name === "points" ? { ...config, game: withDigest(game, folder) } : config;
  },
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
  const spectrum = spectrumWhereAsked(game, outcome, config, new Streams(context.seed));
  return finish(game, outcome, { measured: { ...measured, ...spectrum }, predicted: { ...predicted } });
}

function runGan(options: MixtureOptions, config: GameTaskConfig, context: RunContext) {
  const streams = new Streams(context.seed);
  const gan = mixtureGan(options, createTarget(options, context.folder), createEngine(context.engine), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
    ...(config.discriminator === undefined ? {} : { discriminator: config.discriminator }),
    batch: config.batch ?? defaultBatch,
  });
  const generator = gan.players[1].parameters as Float32Array;
  const average = config.averaging === undefined ? null : averaging(generator, config.averaging.decay);
  const { columns, look } = watch(gan, streams);
  const table = context.table("quality", { step: "int32", ...columns });
  const every = Math.max(1, Math.floor(config.steps / 20));
  let latest: Readonly<Record<string, number>> = {};
  const watched: RunContext = {
    ...context,
    progress: (share, losses) => context.progress(share, { ...losses, ...latest }),
  };
  const { outcome, observed } = playAll(gan, config, watched, (step) => {
    average?.add();
    if (step % every !== 0) return;
    const found = look();
    table.append(step, ...Object.values(found));
    // The first two say enough on one line.
    latest = Object.fromEntries(Object.entries(found).slice(0, 2));
  });
  const real = drawReal(gan.target, streams);
  writePicture(gan, gan.sample(streams.get("evaluation"), evaluationRows), real, context);
  const [x, y, spread] = observed;
  const measured = {
    ...measureMean(x, y),
    collapsedAt: collapsedAt(spread),
    ...modeQuality(gan, streams),
    ...compare(real, gan, streams),
    ...spectrumWhereAsked(gan, outcome, config, streams),
  };
  const summary: Summary = { measured, predicted: { ...noPrediction } };
  if (average === null) return finish(gan, outcome, summary);
  return finish(gan, outcome, { ...summary, averaged: average.during(() => modeQuality(gan, streams)) });
}

/** All its gradients see one batch: the streams are put back before each. */
function spectrumWhereAsked(game: Game, { kind }: Outcome, { spectrum }: GameTaskConfig, streams: Streams): Summary {
  if (spectrum === undefined) return {};
  if (kind === "diverged") return describeSpectrum([]);
  const before = streams.save();
  const rewind = () => streams.restore(before);
  const stream = new RandomStream(streams.seed, "evaluation/spectrum");
  return describeSpectrum(jacobianSpectrum(game, spectrum.vectors, rewind, stream));
}

/** Whether a step is a linear function of gradients, the same at every step. */
function isLinear(optimizer: OptimizerOptions): boolean {
  if (optimizer.name !== "sgd" && optimizer.name !== "momentum") return false;
  return optimizer.schedule === null && optimizer.clip === null;
}

function finish(game: Game, outcome: Outcome, summary: Summary) {
  const parameters = game.players.map((player) => player.parameters);
  return { outcome, summary, parametersSha256: digest(...parameters) };
}
