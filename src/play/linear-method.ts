import type { OptimizerOptions } from "../optim/index.js";
import { gradientDescent, heavyBall, type LinearMethod, nesterov, optimistic } from "../theory/linear-method.js";

/**
 * The generating function of an optimizer whose update is a fixed sum of past gradients; null for others, and where a
 * schedule, clipping or decoupled decay beside a memory make it another.
 */
export function linearMethod(optimizer: OptimizerOptions): LinearMethod | null {
  if (optimizer.name !== "sgd" && optimizer.name !== "momentum" && optimizer.name !== "optimisticGradient") return null;
  const { lr, schedule, clip, weightDecay, decoupled } = optimizer;
  if (schedule !== null || clip !== null) return null;
  if (optimizer.name === "sgd") return gradientDescent(lr);
  if (weightDecay !== 0 && decoupled) return null;
  if (optimizer.name === "optimisticGradient") return optimistic(lr, optimizer.optimism);
  const { momentum, dampening, form } = optimizer;
  // As in src/optim/rules/momentum.ts: the gain of the buffer, and how the gradient enters beside it.
  const gain = form === "average" ? 1 - momentum : 1 - dampening;
  return optimizer.nesterov
    ? nesterov(lr, momentum, gain, form === "average" ? gain : 1)
    : heavyBall(lr, momentum, gain);
}
