import { definitionOf } from "../src/config/definitions.js";
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
import { digest } from "../src/study/digest.js";
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
import { runSmall } from "./small-task.js";
import type { TargetDefinition } from "./targets/definition.js";
import { targets } from "./targets/index.js";

/**
 * Plays a game with one optimizer per player and logs every step.
 *
 * Table `metrics`, one row per step: `step` (after how many steps), the game's observables (see each game; GANs: meanX,
 * meanY, logitSpread), and for each player its loss, gradient norm and update norm of that step. Table `pathAngle`
 * (position, cosine, fieldNorm) is the field along the line from start to end. GANs also write `quality` (at 20 times of
 * the run modes, highQuality, reverseKl, spread, or slicedWasserstein where the target has no modes) and, of the end,
 * `samples` (x, y of the final generator), `target` (x, y of the data), `modes` (x, y, deviation; where it has some) and
 * `surface` (x, y, the discriminator's logit on a grid).
 *
 * Summary: `measured` and `predicted` side by side, null where undefined; `pathSwitch` and `pathBump` say whether the end
 * attracts (see path-angle.ts). Small games add the final `distance` from the nearest equilibrium to what is measured, to
 * what is predicted the slowest mode of the game's own flow (flowReal, flowImaginary, flowDampingRatio), and the `centre`
 * that the orbit is measured around (`centreIs` says what that is). GANs add `collapsedAt`, the step since which the
 * discriminator has told no point from another (null where it does), the final generator's quality and its distances from
 * the target (squaredMmd, slicedWasserstein, precision, recall, density and coverage with k = 5, on 1000 points each);
 * with averaging also `averaged`, the quality of the averaged generator. With `spectrum` the eigenvalues of the game's
 * Jacobian at the end: the one of largest modulus (jacobianReal, jacobianImaginary, jacobianResidual), and the lists of
 * all that were found (spectrum).
 */
export const gameTask: Task<GameTaskConfig> = {
  name: "game",
  description: "two players, an optimizer each, every step logged",
  schema: gameTaskSchema,
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
    const small = smallGameOf(game).create(game, streams, context.folder ?? ".");
    const { outcome, summary } = runSmall(small, config, context, streams);
    const spectrum = spectrumWhereAsked(small, outcome, config, streams);
    return finish(small, outcome, { ...summary, measured: { ...(summary.measured as Summary), ...spectrum } });
  },
};

function runGan(options: PlaneGanOptions, config: GameTaskConfig, context: RunContext) {
  const streams = new Streams(context.seed);
  const gan = planeGan(options, createTarget(options, context.folder), createEngine(context.engine), streams, {
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
  const { outcome, observed, path } = playAll(gan, courseOptions(config), watched, (step) => {
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
  const parameters = game.players.map((player) => player.parameters);
  return { outcome, summary, parametersSha256: digest(...parameters) };
}
