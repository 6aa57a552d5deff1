import { InputError } from "../src/config/input-error.js";
import { suggest } from "../src/config/nearest.js";
import { logarithmicDecrement } from "../src/dynamics/envelope.js";
import { finiteOrNull } from "../src/math/finite-or-null.js";
import type { OptimizerOptions } from "../src/optim/index.js";
import { consensus } from "../src/play/consensus.js";
import { type Course, playAll } from "../src/play/course.js";
import { at, type Game, jacobianAt, nearestEquilibrium } from "../src/play/game.js";
import { withGradientNoise } from "../src/play/gradient-noise.js";
import { linearMethod } from "../src/play/linear-method.js";
import { lastHalf, measureLinearOrbit, measureOrbit, type Orbit } from "../src/play/orbit.js";
import { noPath } from "../src/play/path-angle.js";
import {
  type FlowPrediction,
  noPrediction,
  type Prediction,
  predictedDecrement,
  predictFlow,
  predictOrbit,
} from "../src/play/predict.js";
import type { Streams } from "../src/rng/streams.js";
import { mean } from "../src/stats/mean.js";
import type { RunContext, Summary } from "../src/study/task.js";
import { consensusJacobian, type SquareMatrix } from "../src/theory/flow.js";
import { isMemoryless } from "../src/theory/linear-method.js";
import { courseOptions, type GameTaskConfig } from "./config.js";
import { refuseOtherSizes, writeField } from "./field.js";

/**
 * Plays a small game and measures its orbit in the plane of its first two observables, closed forms beside it.
 */
export function runSmall(
  own: Game,
  config: GameTaskConfig,
  context: RunContext,
  streams: Streams,
  after: (step: number) => void = () => {},
): Course & { summary: Summary } {
  refuseUnknownPlayers(own, config.optimizers);
  const game = asPlayed(own, config, streams);
  if (config.field !== undefined) refuseOtherSizes(own);
  const course = playAll(game, courseOptions(config), context, after);
  if (config.field !== undefined) writeField(own, course.observed, config.field, context);
  const { measured, ...described } = describeOrbit(own, game, config, course.observed);
  const path = config.pathAngle === false ? noPath : course.path();
  return { ...course, summary: { measured: { ...measured, ...path }, ...described } };
}

/** The game as its players meet it: with noise on its gradients and with consensus, where the configuration asks. */
export function asPlayed(own: Game, { consensus: gamma, gradientNoise }: GameTaskConfig, streams: Streams): Game {
  const seen = gradientNoise > 0 ? withGradientNoise(own, gradientNoise, streams) : own;
  return gamma > 0 ? consensus(seen, gamma) : seen;
}

/** An orbit's measures and their closed forms; the centre is what it is measured around, and `centreIs` says which. */
export interface DescribedOrbit {
  readonly measured: Orbit & { readonly logarithmicDecrement: number | null; readonly distance: number | null };
  readonly centre: readonly (number | null)[];
  readonly centreIs: "equilibrium" | "mean of the last half";
  readonly predicted: Prediction & Partial<FlowPrediction> & { readonly logarithmicDecrement?: number | null };
}

/**
 * Measures the orbit of a game that was played so far, around the equilibrium nearest to its present parameters or, where
 * none is known, the mean of the last half.
 *
 * @param own the game itself, of which the closed forms are
 * @param game as it was played
 * @param observed one series per observable
 */
export function describeOrbit(
  own: Game,
  game: Game,
  config: GameTaskConfig,
  observed: readonly Float64Array[],
): DescribedOrbit {
  const { consensus: gamma, gradientNoise } = config;
  const played = courseOptions(config);
  const { distance = Number.NaN, point } = nearestEquilibrium(game) ?? {};
  const rules = game.players.map(({ name }) => played.optimizers[name] ?? played.optimizer);
  const [x, y] = observed;
  const centre = point === undefined ? ([mean(lastHalf(x)), mean(lastHalf(y))] as const) : observedAt(game, point);
  const measured = {
    ...measure(game, config, rules, [x, y], centre),
    logarithmicDecrement: finiteOrNull(logarithmicDecrement(x.map((value) => value - centre[0]))?.decrement),
    distance: finiteOrNull(distance),
  };
  const centreIs = point === undefined ? "mean of the last half" : "equilibrium";
  const shared = { measured, centre: centre.map(finiteOrNull), centreIs } as const;
  const jacobian = point === undefined ? null : jacobianNear(own, point, gamma);
  if (jacobian === null) return { ...shared, predicted: { ...noPrediction } };
  const orbit = predictOrbit({
    ...played,
    jacobian,
    firstPlayerSize: jacobian.length === 2 ? 1 : game.players[0].parameters.length,
    optimizers: rules,
    noisy: gradientNoise > 0,
    steps: x.length,
  });
  const predicted = { ...orbit, logarithmicDecrement: predictedDecrement(orbit), ...predictFlow(jacobian) };
  return { ...shared, predicted };
}

/** Of a user's own game the players are known only when it is made. */
function refuseUnknownPlayers({ name: game, players }: Game, optimizers: GameTaskConfig["optimizers"]): void {
  const valid = players.map(({ name }) => name);
  for (const name of Object.keys(optimizers)) {
    if (!valid.includes(name)) throw new InputError(`optimizers.${name}: no player of ${game}${suggest(name, valid)}`);
  }
}

function measure(
  game: Game,
  config: GameTaskConfig,
  rules: readonly OptimizerOptions[],
  [x, y]: readonly [Float64Array, Float64Array],
  centre: readonly [number, number],
): Orbit {
  const methods = rules.map(linearMethod).filter((method) => method !== null);
  if (game.linear !== true || methods.length < rules.length) return measureOrbit(x, y, centre);
  const delays = methods.every(isMemoryless) ? 1 : 2;
  return measureLinearOrbit(x, y, delays, config.lookahead?.every);
}

/** The Jacobian of what is observed near an equilibrium, consensus included; null where the game provides none. */
function jacobianNear(game: Game, point: readonly number[], gamma: number): SquareMatrix | null {
  const own = game.plane ?? jacobianAt(game, point);
  return own === null || gamma === 0 ? own : consensusJacobian(own, gamma);
}

function observedAt(game: Game, point: readonly number[]): readonly [number, number] {
  const out = new Float64Array(game.observables.length);
  at(game, point, () => game.observe(out));
  return [out[0], out[1]];
}
