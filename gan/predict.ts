import type { OptimizerOptions } from "../src/optim/index.js";
import { linearDynamics } from "../src/theory/bilinear.js";
import { limitCycle } from "../src/theory/limit-cycle.js";
import type { BilinearOptions } from "./bilinear.js";
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
 * What theory says of an optimizer on the bilinear game.
 *
 * Gradient descent and heavy ball: the leading eigenvalue of the step, exact. RMSprop and Adam without dissipation: the
 * attracting limit cycle, to leading order in 1 − β₂. Other optimizers and variants (Nesterov, dampening, the average
 * form, centered, amsgrad, decay, schedules, clipping …): none.
 */
export function predictBilinear(
  game: BilinearOptions,
  order: Order,
  optimizer: OptimizerOptions,
  steps: number,
): Prediction {
  if (optimizer.name === "custom") return noPrediction;
  const { weightDecay, schedule, clip } = optimizer;
  if (weightDecay !== 0 || schedule !== null || clip !== null || game.coupling === 0) return noPrediction;
  const { coupling, dissipation } = game;
  if (optimizer.name === "sgd" || optimizer.name === "momentum") {
    if (
      optimizer.name === "momentum" &&
      (optimizer.nesterov || optimizer.dampening !== 0 || optimizer.form === "average")
    ) {
      return noPrediction;
    }
    const momentum = optimizer.name === "momentum" ? optimizer.momentum : 0;
    const { spectralRadius, angle, dampingRatio } = linearDynamics({
      order,
      lr: optimizer.lr,
      momentum,
      coupling,
      dissipation,
    });
    return {
      spectralRadius,
      angle,
      dampingRatio,
      period: angle > 0 ? (2 * Math.PI) / angle : null,
      winding: dissipation === 0 ? (angle * steps) / (2 * Math.PI) : null,
      radius: null,
    };
  }
  if (dissipation !== 0 || (optimizer.name !== "rmsprop" && optimizer.name !== "adam")) return noPrediction;
  if (optimizer.name === "rmsprop" && (optimizer.centered || optimizer.momentum !== 0)) return noPrediction;
  if (optimizer.name === "adam" && optimizer.amsgrad) return noPrediction;
  const beta1 = optimizer.name === "adam" ? optimizer.beta1 : 0;
  const beta2 = optimizer.name === "adam" ? optimizer.beta2 : optimizer.rho;
  const { radius, angle } = limitCycle({ order, lr: optimizer.lr, beta1, beta2 });
  if (angle === null) return noPrediction;
  return { spectralRadius: 1, angle, dampingRatio: 0, period: (2 * Math.PI) / angle, winding: null, radius };
}
