import type { OptimizerOptions } from "../src/optim/index.js";
import {
  dynamicsOf,
  extragradientEigenvalues,
  type LinearDynamics,
  type Linearisation,
  linearDynamics,
} from "../src/theory/bilinear.js";
import { limitCycle } from "../src/theory/limit-cycle.js";
import type { Orbit } from "./measure.js";
import type { Order } from "./play.js";

/** The closed forms beside the measurements; null where none is known. */
export type Prediction = Pick<Orbit, "spectralRadius" | "angle" | "dampingRatio" | "period" | "winding" | "radius">;

export const noPrediction: Prediction = {
  spectralRadius: null,
  angle: null,
  dampingRatio: null,
  period: null,
  winding: null,
  radius: null,
};

/**
 * What theory says of an optimizer on a game of two scalars, near its equilibrium.
 *
 * Gradient descent, extragradient with it, and heavy ball: the leading eigenvalue of the step, exact for a linear game.
 * RMSprop and Adam without dissipation: the attracting limit cycle, to leading order in 1 − β₂. Other optimizers and
 * variants (Nesterov, dampening, the average form, centered, amsgrad, decay, schedules, clipping …): none.
 */
export function predictOrbit(
  game: Linearisation,
  order: Order,
  optimizer: OptimizerOptions,
  steps: number,
): Prediction {
  if (optimizer.name === "custom") return noPrediction;
  const { weightDecay, schedule, clip } = optimizer;
  if (weightDecay !== 0 || schedule !== null || clip !== null || game.coupling === 0) return noPrediction;
  const dissipative = game.dissipation.some((gamma) => gamma !== 0);
  if (order === "extragradient") {
    if (optimizer.name !== "sgd") return noPrediction;
    return linearPrediction(dynamicsOf(extragradientEigenvalues(game, optimizer.lr)), dissipative, steps);
  }
  if (optimizer.name === "sgd" || optimizer.name === "momentum") {
    if (optimizer.name === "momentum" && !isHeavyBall(optimizer)) return noPrediction;
    const momentum = optimizer.name === "momentum" ? optimizer.momentum : 0;
    return linearPrediction(linearDynamics({ ...game, order, lr: optimizer.lr, momentum }), dissipative, steps);
  }
  if (dissipative || (optimizer.name !== "rmsprop" && optimizer.name !== "adam")) return noPrediction;
  if (optimizer.name === "rmsprop" && (optimizer.centered || optimizer.momentum !== 0)) return noPrediction;
  if (optimizer.name === "adam" && optimizer.amsgrad) return noPrediction;
  const beta1 = optimizer.name === "adam" ? optimizer.beta1 : 0;
  const beta2 = optimizer.name === "adam" ? optimizer.beta2 : optimizer.rho;
  const { radius, angle } = limitCycle({ order, lr: optimizer.lr, beta1, beta2 });
  if (angle === null) return noPrediction;
  return { spectralRadius: 1, angle, dampingRatio: 0, period: (2 * Math.PI) / angle, winding: null, radius };
}

function isHeavyBall({ nesterov, dampening, form }: Extract<OptimizerOptions, { name: "momentum" }>): boolean {
  return !nesterov && dampening === 0 && form !== "average";
}

function linearPrediction(
  { spectralRadius, angle, dampingRatio }: LinearDynamics,
  dissipative: boolean,
  steps: number,
): Prediction {
  return {
    spectralRadius,
    angle,
    dampingRatio,
    period: angle > 0 ? (2 * Math.PI) / angle : null,
    winding: dissipative ? null : (angle * steps) / (2 * Math.PI),
    radius: null,
  };
}
