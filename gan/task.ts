import { definitionOf } from "../src/config/definitions.js";
import type { RitzValue } from "../src/dynamics/arnoldi.js";
import { createEngine } from "../src/kernels/create.js";
import { withOptimizerModules } from "../src/optim/index.js";
import { averaging } from "../src/play/averaging.js";
import { playAll } from "../src/play/course.js";
import type { Game } from "../src/play/game.js";
import { describeSpectrum, jacobianSpectrum } from "../src/play/jacobian-spectrum.js";
import { measureMean } from "../src/play/orbit.js";
import { noPath } from "../src/play/path-angle.js";
import { noPrediction } from "../src/play/predict.js";
import { RandomStream } from "../src/rng/random-stream.js";
import { Streams } from "../src/rng/streams.js";
import type { Outcome, RunContext, Summary, Task } from "../src/study/task.js";
import {
  courseOptions,
  defaultBatch,
  type GameTaskConfig,
  gameTaskSchema,
  ganNetworkSchema,
  smallGameOf,
} from "./config.js";
import { createTarget, isPlaneGan, type PlaneGanOptions } from "./networks/options.js";
import { planeGan } from "./networks/plane-gan.js";
import { collapsedAt } from "./quality/collapse.js";
import { compare, drawReal, evaluationRows, modeQuality, watch } from "./quality/evaluate.js";
import { writePicture } from "./quality/picture.js";
import { createSnapshots } from "./quality/snapshots.js";
import { runSmall } from "./small-task.js";
import { gameSummary, gameTables } from "./tables.js";
import type { TargetDefinition } from "./targets/definition.js";
import { targets } from "./targets/index.js";

/**
 * Plays a game with one optimizer per player and logs every step.
 */
export const gameTask: Task<GameTaskConfig> = {
  name: "game",
  description: "two players, an optimizer each, every step logged",
  schema: gameTaskSchema,
  tables: gameTables,
  summary: gameSummary,
  resolve(given, folder) {
    const config = withOptimizerModules(given, folder);
    const { game } = config;
    const definition = isPlaneGan(game) ? definitionOf<TargetDefinition>(targets, game.name) : smallGameOf(game);
    return definition.resolve === undefined
      ? config
      : { ...config, game: definition.resolve(game, folder) as typeof game };
  },
  run(config, context) {
    const { game } = config;
    if (isPlaneGan(game)) return runGan(game, config, context);
    const streams = new Streams(context.seed);
    const small = smallGameOf(game).create(game, streams, context.base ?? ".");
    const stages = spectraAtStages(small, config, streams, context);
    const { outcome, summary } = runSmall(small, config, context, streams, stages);
    const spectrum = spectrumWhereAsked(small, outcome, config, streams);
    return finish(small, outcome, { ...summary, measured: { ...(summary.measured as Summary), ...spectrum } });
  },
};

function runGan(options: PlaneGanOptions, config: GameTaskConfig, context: RunContext) {
  const streams = new Streams(context.seed);
  const gan = planeGan(options, createTarget(options, context.base), createEngine(context.engine), streams, {
    network: config.network ?? ganNetworkSchema.parse({}),
    ...(config.discriminator === undefined ? {} : { discriminator: config.discriminator }),
    batch: config.batch ?? defaultBatch,
  });
  const generator = gan.players[1].parameters as Float32Array;
  const average = config.averaging === undefined ? null : averaging(generator, config.averaging.decay);
  const { columns, measure } = watch(gan, streams);
  const table = context.table(gameTables.quality, { ...gameTables.quality.columns, ...columns });
  const every = Math.max(1, Math.floor(config.steps / 20));
  const snapshot =
    config.snapshots === undefined
      ? null
      : createSnapshots(gan, { count: config.snapshots, steps: config.steps }, streams, context);
  const stages = spectraAtStages(gan, config, streams, context);
  let latest: Readonly<Record<string, number>> = {};
  const watched: RunContext = {
    ...context,
    progress: (share, losses) => context.progress(share, { ...losses, ...latest }),
  };
  const { outcome, observed, path } = playAll(gan, courseOptions(config), watched, (step) => {
    average?.add();
    snapshot?.(step);
    stages(step);
    if (step % every !== 0) return;
    const found = measure();
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

function spectrumWhereAsked(game: Game, { kind }: Outcome, { spectrum }: GameTaskConfig, streams: Streams): Summary {
  if (spectrum === undefined) return {};
  return describeSpectrum(kind === "diverged" ? [] : spectrumNow(game, spectrum.vectors, streams));
}

/** What writes the eigenvalues after the steps at which they are asked for into the table `spectra`. */
function spectraAtStages(
  game: Game,
  { spectrum }: GameTaskConfig,
  streams: Streams,
  context: RunContext,
): (step: number) => void {
  if (spectrum?.at === undefined) return () => {};
  const [{ vectors }, at] = [spectrum, new Set(spectrum.at)];
  const table = context.table(gameTables.spectra);
  return (step) => {
    if (!at.has(step)) return;
    for (const { re, im, residual } of spectrumNow(game, vectors, streams)) table.append(step, re, im, residual);
  };
}

/** All its gradients see one batch: the streams are put back before each, and at the end. */
function spectrumNow(game: Game, vectors: number, streams: Streams): RitzValue[] {
  const before = streams.save();
  const rewind = () => streams.restore(before);
  const stream = new RandomStream(streams.seed, "evaluation/spectrum");
  const eigenvalues = jacobianSpectrum(game, vectors, rewind, stream);
  rewind();
  return eigenvalues;
}

function finish(game: Game, outcome: Outcome, summary: Summary) {
  return { outcome, summary, parameters: game.players.map(({ parameters }) => parameters) };
}
