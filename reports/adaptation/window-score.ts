/** Windows of equal length whose means are averaged to a score. */
export const scoreWindows = 10;

/**
 * A score over time: the mean over equal windows of steps of the mean value of the episodes that end in each, so that a
 * time counts by its length and not by how many episodes fit into it. A window in which no episode ends is left out; NaN
 * where there is none other.
 *
 * @param steps at which the episodes ended, ascending
 * @param values of the episodes, larger is better
 * @param from the windows cover (from, to]
 */
export function windowScore(steps: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): number {
  const sums = new Float64Array(scoreWindows);
  const counts = new Float64Array(scoreWindows);
  for (let i = 0; i < steps.length; i++) {
    if (steps[i] <= from || steps[i] > to) continue;
    const window = Math.ceil((scoreWindows * (steps[i] - from)) / (to - from)) - 1;
    sums[window] += values[i];
    counts[window]++;
  }
  let total = 0;
  let filled = 0;
  for (let k = 0; k < scoreWindows; k++) {
    if (counts[k] === 0) continue;
    total += sums[k] / counts[k];
    filled++;
  }
  return total / filled;
}
