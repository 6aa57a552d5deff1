/** Windows of equal length whose means are averaged by {@link windowedMean}. */
export const meanWindows = 10;

/**
 * A mean over time of values that come at irregular times: the mean over `meanWindows` equal windows of the mean of
 * the values in each, so that a time counts by its length and not by how many values fit into it. Of returns by the steps at
 * which their episodes ended it is the area under the learning curve over its length. A window without a value is left out;
 * NaN where there is none other.
 *
 * @param times ascending
 * @param values one for each time
 * @param from the windows cover (from, to]
 */
export function windowedMean(times: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): number {
  const sums = new Float64Array(meanWindows);
  const counts = new Float64Array(meanWindows);
  for (let i = 0; i < times.length; i++) {
    if (times[i] <= from || times[i] > to) continue;
    const window = Math.ceil((meanWindows * (times[i] - from)) / (to - from)) - 1;
    sums[window] += values[i];
    counts[window]++;
  }
  let total = 0;
  let filled = 0;
  for (let k = 0; k < meanWindows; k++) {
    if (counts[k] === 0) continue;
    total += sums[k] / counts[k];
    filled++;
  }
  return total / filled;
}
