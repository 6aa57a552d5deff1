import type { Complex } from "../math/complex.js";
import { eigenvalues } from "../math/eigenvalues.js";
import { log } from "../math/elementary/logarithm.js";
import type { OptimizerOptions } from "../optim/index.js";
import { dynamicsOf, type LinearDynamics, linearisation, stepEigenvalues } from "../theory/bilinear.js";
import { flowDampingRatio, flowEigenvalues, type SquareMatrix, slowest } from "../theory/flow.js";
import { type AdaptivePlayer, limitCycleOfTwo } from "../theory/limit-cycle.js";
import { isMemoryless, type LinearMethod } from "../theory/linear-method.js";
import { lookaheadMatrix, stepMatrix } from "../theory/step-matrix.js";
import { linearMethod } from "./linear-method.js";
import type { Orbit } from "./orbit.js";
import type { OrderName } from "./orders.js";
import type { PlayOptions } from "./play.js";

/** The closed forms beside the measurements; null where none is known. */
export type Prediction = Pick<Orbit, "spectralRadius" | "angle" | "dampingRatio" | "period" | "winding" | "radius">;

/** ln of the ratio of successive maxima, −ln ρ times the period, where there is one. */
export function predictedDecrement({ spectralRadius, period }: Prediction): number | null {
  return spectralRadius === null || period === null ? null : -log(spectralRadius) * period;
}

export const noPrediction: Prediction = {
  spectralRadius: null,
  angle: null,
  dampingRatio: null,
  period: null,
  winding: null,
  radius: null,
};

/** The game itself, before any method: the mode of its flow dw/dt = −g that stays longest. */
export interface FlowPrediction {
  readonly flowReal: number | null;
  readonly flowImaginary: number | null;
  /** −Re μ/|μ| */
  readonly flowDampingRatio: number | null;
}

/** A game near its equilibrium, and how it is played. */
export interface Setting extends PlayOptions {
  /** ∂gᵢ/∂wⱼ at the equilibrium, the first player's parameters first */
  readonly jacobian: SquareMatrix;
  readonly firstPlayerSize: number;
  readonly order: OrderName;
  /** One per player, the first mover first. */
  readonly optimizers: readonly OptimizerOptions[];
  /** Whether gradients have noise: the mean path of linear methods does not see it, a limit cycle does. */
  readonly noisy: boolean;
  readonly steps: number;
}

export function predictFlow(jacobian: SquareMatrix): FlowPrediction {
  const mode = slowest(flowEigenvalues(jacobian));
  const zeta = flowDampingRatio(mode);
  return { flowReal: mode.re, flowImaginary: mode.im, flowDampingRatio: Number.isNaN(zeta) ? null : zeta };
}

/**
 * The closed form of a play near the game's equilibrium, for two players.
 *
 * Gradient descent, momentum in all its forms and optimistic gradient, in every order (extragradient around gradient
 * descent), with lookahead or more moves of the first player: the leading eigenvalue of the step, exact for a linear
 * game. RMSprop, Adam and optimistic Adam on a pure rotation of two scalars: the attracting limit cycle, to leading order
 * in 1 − β₂. Other optimizers and variants (centered, amsgrad, decoupled decay, schedules, clipping …): none.
 */
export function predictOrbit(setting: Setting): Prediction {
  if (setting.optimizers.length !== 2) return noPrediction;
  const [first, second] = setting.optimizers.map(linearMethod);
  if (first === null || second === null) return predictCycle(setting);
  const found = leadingEigenvalues(setting, [first, second]);
  if (found === null) return noPrediction;
  const leading = dynamicsOf(found, setting.lookahead?.every);
  // Not a number where nothing moves, and where a learning rate is too large for numbers.
  return Number.isNaN(leading.dampingRatio) ? noPrediction : linearPrediction(leading, setting);
}

/** Eigenvalues of a step or, with lookahead, of as many as there are between two calls back. */
function leadingEigenvalues(setting: Setting, methods: readonly [LinearMethod, LinearMethod]): Complex[] | null {
  const { firstPlayerSize, order, optimizers, moves, lookahead } = setting;
  const { firstPlayerSteps, others } = movesOf(moves);
  if (others !== 1) return null;
  if (order === "extragradient" && !methods.every(isMemoryless)) return null;
  // Coupled weight decay is a restoring force of the player's own.
  const jacobian = setting.jacobian.map((row, i) =>
    row.map((value, j) => (i === j ? value + decayOf(optimizers[i < firstPlayerSize ? 0 : 1]) : value)),
  );
  const pair = jacobian.length === 2 ? linearisation(jacobian) : null;
  // Without a coupling the polynomial has double roots, which keep half of their digits only.
  if (
    pair !== null &&
    pair.coupling > 0 &&
    order !== "extragradient" &&
    firstPlayerSteps === 1 &&
    lookahead === undefined
  ) {
    return stepEigenvalues(pair, order, methods);
  }
  const step = stepMatrix({ jacobian, firstPlayerSize, order, methods, firstPlayerSteps });
  if (lookahead === undefined) return eigenvalues(step);
  return eigenvalues(lookaheadMatrix(step, jacobian.length, lookahead.every, lookahead.share));
}

const movesOf = ([firstPlayerSteps = 1, others = 1]: PlayOptions["moves"] = []) => ({ firstPlayerSteps, others });

const decayOf = (optimizer: OptimizerOptions) => ("weightDecay" in optimizer ? optimizer.weightDecay : 0);

function linearPrediction(
  { spectralRadius, angle, dampingRatio }: LinearDynamics,
  { jacobian, optimizers, steps }: Setting,
): Prediction {
  const rotates = jacobian.length === 2 && !isDamped(jacobian) && optimizers.every((o) => decayOf(o) === 0);
  return {
    spectralRadius,
    angle,
    dampingRatio,
    period: angle > 0 ? (2 * Math.PI) / angle : null,
    winding: rotates ? (angle * steps) / (2 * Math.PI) : null,
    radius: null,
  };
}

const isDamped = (jacobian: SquareMatrix) => jacobian.some((row, i) => row[i] !== 0);

/** The limit cycle of adaptive players. */
function predictCycle(setting: Setting): Prediction {
  const { jacobian, order, optimizers, moves, lookahead, noisy } = setting;
  const [first, second] = optimizers.map(adaptivePlayer);
  const rotation = jacobian.length === 2 && !isDamped(jacobian) ? linearisation(jacobian) : null;
  if (first === null || second === null || first.beta2 !== second.beta2) return noPrediction;
  if (rotation === null || rotation.coupling === 0 || order === "extragradient") return noPrediction;
  if (moves?.some((count) => count !== 1) || lookahead !== undefined || noisy) return noPrediction;
  const { radius, angle } = limitCycleOfTwo(order, [first, second], first.beta2);
  if (angle === null) return noPrediction;
  return { spectralRadius: 1, angle, dampingRatio: 0, period: (2 * Math.PI) / angle, winding: null, radius };
}

function adaptivePlayer(optimizer: OptimizerOptions): (AdaptivePlayer & { readonly beta2: number }) | null {
  if (optimizer.name !== "rmsprop" && optimizer.name !== "adam" && optimizer.name !== "optimisticAdam") return null;
  const { lr, weightDecay, schedule, clip } = optimizer;
  if (weightDecay !== 0 || schedule !== null || clip !== null) return null;
  if (optimizer.name === "rmsprop") {
    const plain = !optimizer.centered && optimizer.momentum === 0;
    return plain ? { lr, beta1: 0, beta2: optimizer.rho, optimism: 0 } : null;
  }
  const { beta1, beta2 } = optimizer;
  if (optimizer.name === "optimisticAdam") return { lr, beta1, beta2, optimism: optimizer.optimism };
  return optimizer.amsgrad ? null : { lr, beta1, beta2, optimism: 0 };
}
