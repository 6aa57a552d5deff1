import type { Policy } from "./policy.js";

/**
 * The loss − mean(w log π(a|s)) and the entropy mean(H(π(·|s))) of the policy's last evaluation.
 *
 * @param weights w, one for each of its rows
 * @param losses overwritten
 */
export function policyLoss(
  { logProbabilities, entropies }: Pick<Policy, "logProbabilities" | "entropies">,
  weights: Float64Array,
  losses: { policyLoss: number; entropy: number },
): void {
  const rows = weights.length;
  let loss = 0;
  let entropy = 0;
  for (let row = 0; row < rows; row++) {
    loss -= weights[row] * logProbabilities[row];
    entropy += entropies[row];
  }
  losses.policyLoss = loss / rows;
  losses.entropy = entropy / rows;
}
