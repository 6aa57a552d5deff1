import { exp } from "../src/math/elementary/exponential.js";
import { column } from "../src/study/tables.js";
import type { Policy } from "./policies/policy.js";

export const surrogateColumns = {
  approximateKl: column("float64", "mean(r − 1 − log r), an estimate of KL(π_old, π), over the last epoch", "nats"),
  clipFraction: column("float64", "the share of rows whose ratio r is beyond 1 ± ε, over the last epoch"),
  epochs: column("int32", "passes over the rollout: fewer than asked for where the KL exceeded its target"),
};

/** What {@link clippedSurrogate} computes: means over the rows, as their columns say; `entropy` is mean(H(π(·|s))). */
export interface Surrogate {
  policyLoss: number;
  entropy: number;
  approximateKl: number;
  clipFraction: number;
}

/**
 * The clipped surrogate of the policy's last evaluation, with r = π(a|s)/π_old(a|s):
 *
 *     L = − mean(min(r A, clip(r, 1 ± ε) A))
 *     ∂L/∂θ = − mean(w ∂ log π/∂θ),     w = r A where the minimum is r A, else 0
 *
 * The gradient is that of − mean(w log π) for constant w, which a policy knows.
 *
 * @param epsilon ε
 * @param weights w [rows], overwritten
 * @param surrogate overwritten
 */
export function clippedSurrogate(
  { logProbabilities, entropies }: Pick<Policy, "logProbabilities" | "entropies">,
  { advantages, oldLogs }: { readonly advantages: Float64Array; readonly oldLogs: Float64Array },
  epsilon: number,
  weights: Float64Array,
  surrogate: Surrogate,
): void {
  const rows = advantages.length;
  // Declared one by one: what is taken out of a list of zeros stays a pointer to a number, a new one at every row.
  let loss = 0;
  let entropy = 0;
  let divergence = 0;
  let clipped = 0;
  for (let row = 0; row < rows; row++) {
    const logRatio = logProbabilities[row] - oldLogs[row];
    const ratio = exp(logRatio);
    const gain = ratio * advantages[row];
    const heldGain = Math.min(Math.max(ratio, 1 - epsilon), 1 + epsilon) * advantages[row];
    loss -= Math.min(gain, heldGain);
    weights[row] = gain <= heldGain ? gain : 0;
    entropy += entropies[row];
    divergence += ratio - 1 - logRatio;
    if (Math.abs(ratio - 1) > epsilon) clipped++;
  }
  surrogate.policyLoss = loss / rows;
  surrogate.entropy = entropy / rows;
  surrogate.approximateKl = divergence / rows;
  surrogate.clipFraction = clipped / rows;
}

/**
 * The clipped loss of values V, and the gradient of c_V · loss at them:
 *
 *     L = ½ mean(max((V − R)², (V_old + clip(V − V_old, ± ε) − R)²))
 *
 * @param values V [rows]
 * @param epsilon ε; null: ½ mean((V − R)²)
 * @param coefficient c_V
 * @param outputGradient [rows], overwritten
 */
export function clippedValueLoss(
  values: ArrayLike<number>,
  { returns, oldValues }: { readonly returns: Float64Array; readonly oldValues: Float64Array },
  epsilon: number | null,
  coefficient: number,
  outputGradient: Float32Array,
): number {
  const rows = returns.length;
  const limit = epsilon ?? Number.POSITIVE_INFINITY;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const error = values[row] - returns[row];
    const change = values[row] - oldValues[row];
    const heldError = oldValues[row] + Math.min(Math.max(change, -limit), limit) - returns[row];
    // Where the held value's error is the larger one the value is beyond the limit, and the loss does not move with it.
    const free = Math.abs(change) <= limit || error * error >= heldError * heldError;
    const counted = free ? error : heldError;
    loss += 0.5 * counted * counted;
    outputGradient[row] = free ? (coefficient * error) / rows : 0;
  }
  return loss / rows;
}
