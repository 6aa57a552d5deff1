import { createEngine } from "../src/kernels/create.js";
import { RandomStream } from "../src/rng/random-stream.js";
import { Streams } from "../src/rng/streams.js";
import type { Outcome, RunContext, Summary, Task } from "../src/study/task.js";
import { averaging } from "./averaging.js";
import { collapsedAt } from "./collapse.js";
import { defaultBatch, type GameTaskConfig, gameTaskSchema, ganNetworkSchema, isSmall } from "./config.js";
import { playAll } from "./course.js";
import { compare, drawReal, evaluationRows, modeQuality, watch } from "./evaluate.js";
import type { Game } from "./game.js";
import { describeSpectrum, jacobianSpectrum } from "./jacobian-spectrum.js";
import { measureMean } from "./measure.js";
import { mixtureGan } from "./mixture-gan.js";
import { createTarget, type MixtureOptions } from "./mixture-options.js";
import { noPath } from "./path-angle.js";
import { writePicture } from "./picture.js";
import { withDigest } from "./points.js";
import { noPrediction } from "./predict.js";
import { smallGame } from "./small-games.js";
import { runSmall } from "./small-task.js";
import { gameSummary, gameTables } from "./tables.js";

/** The games known by name, with a line for listings; `custom` is a module of the user's own. */
export const games = {
  bilinear: "f = c x y + γ/2 (x² − y²): the pure rotation, damped if asked",
  matrix: "f = xᵀ C y + γ/2 (|x|² − |y|²): rotations of several speeds at once",
  dirac: "the Dirac-GAN: a generator that is a point, a discriminator that is a slope; five losses, what regularises",
  gaussian: "a GAN on a 1D normal distribution: a linear generator, a quadratic discriminator",
  ring: "a 2D GAN on a ring of Gaussians (8 modes)",
  grid: "a 2D GAN on a square grid of Gaussians (25 modes)",
  swissRoll: "a 2D GAN on the swiss roll, one and a half turns of a spiral",
  moons: "a 2D GAN on two half circles that reach into each other",
  spiral: "a 2D GAN on the arms of a spiral (2)",
  points: "a 2D GAN on the points of a CSV file (game.file)",
} as const satisfies Record<Exclude<GameTaskConfig["game"]["name"], "custom">, string>;

/**
 * Plays a game with one optimizer per player and logs every step.
 */
export const gameTask: Task<GameTaskConfig> = {
  name: "game",
  description: "two players, an optimizer each, every step logged",
  schema: gameTaskSchema as unknown as Task<GameTaskConfig>["schema"],
  tables: gameTables,
  summary: gameSummary,
  resolve(config, folder) {
    const { game } = config;
    return game.name === "points" ? { ...config, game: withDigest(game, folder) } : config;
  },
  run(config, context) {
    const { game } = config;
    if (!isSmall(game)) return runGan(game, config, context);
    const streams = new Streams(context.seed);
    const small = smallGame(game, streams);
    const { outcome, summary } = runSmall(small, config, context, streams);
    const spectrum = spectrumWhereAsked(small, outcome, config, streams);
    return finish(small, outcome, { ...summary, measured: { ...(summary.measured as Summary), ...spectrum } });
  },
};

function runGan(options: MixtureOptions, config: GameTaskConfig, context: RunContext) {
  const streams = new Streams(context.seed);
  const gan = mixtureGan(options, createTarget(options, context.base), createEngine(context.engine), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
    ...(config.discriminator === undefined ? {} : { discriminator: config.discriminator }),
    batch: config.batch ?? defaultBatch,
  });
  const generator = gan.players[1].parameters as Float32Array;
  const average = config.averaging === undefined ? null : averaging(generator, config.averaging.decay);
  const { columns, look } = watch(gan, streams);
  const table = context.table(gameTables.quality, { ...gameTables.quality.columns, ...columns });
  const every = Math.max(1, Math.floor(config.steps / 20));
  let latest: Readonly<Record<string, number>> = {};
  const watched: RunContext = {
    ...context,
    progress: (share, losses) => context.progress(share, { ...losses, ...latest }),
  };
  const { outcome, observed, path } = playAll(gan, config, watched, (step) => {
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
    ...(config.pathAngle ? path() : noPath),
  };
  const summary: Summary = { measured, predicted: { ...noPrediction } };
  if (average === null) return finish(gan, outcome, summary);
  return finish(gan, outcome, { ...summary, averaged: average.during(() => modeQuality(gan, streams)) });
}

/** All its gradients see one batch: the streams are put back before each, and at the end. */
function spectrumWhereAsked(game: Game, { kind }: Outcome, { spectrum }: GameTaskConfig, streams: Streams): Summary {
  if (spectrum === undefined) return {};
  if (kind === "diverged") return describeSpectrum([]);
  const before = streams.save();
  const rewind = () => streams.restore(before);
  const stream = new RandomStream(streams.seed, "evaluation/spectrum");
  const eigenvalues = jacobianSpectrum(game, spectrum.vectors, rewind, stream);
  rewind();
  return describeSpectrum(eigenvalues);
}

function finish(game: Game, outcome: Outcome, summary: Summary) {
  return { outcome, summary, parameters: game.players.map(({ parameters }) => parameters) };
}
