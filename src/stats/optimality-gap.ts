/**
 * The optimality gap: the mean of max(0, γ − x), by how much runs fail to reach γ, what lies above it counting as
 * reached. Lower is better; NaN for no values.
 *
 * Source: Agarwal et al. (2021), section 4.3.
 *
 * @param target γ, in the unit of the values; 1 for normalised scores
 */
export function optimalityGap(values: ArrayLike<number>, target = 1): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.max(0, target - values[i]);
  return sum / values.length;
}
