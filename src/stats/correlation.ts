import { fisherInterval } from "./fisher-interval.js";
import type { Interval } from "./interval.js";
import { mean } from "./mean.js";
import { ranks } from "./ranks.js";

/**
 * Pearson's correlation r = Σ (x − x̄)(y − ȳ)/√(Σ (x − x̄)² Σ (y − ȳ)²) with Fisher's interval, variance 1/(n − 3). NaN
 * where one side does not vary. The interval is for normal values; heavy tails make it too narrow.
 *
 * Source: Pearson (1895); Fisher (1915).
 *
 * @throws RangeError when the lengths differ or there are fewer than two pairs
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Interval {
  return fisherInterval(correlate(x, y), 1 / (x.length - 3), level);
}

/**
 * Spearman's correlation: Pearson's of the ranks, ties sharing theirs. Fisher's interval with Bonett and Wright's
 * variance (1 + r²/2)/(n − 3), which covers also where the correlation is strong.
 *
 * Source: Spearman (1904); Bonett and Wright (2000).
 *
 * @throws RangeError when the lengths differ or there are fewer than two pairs
 */
export function spearmanCorrelation(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Interval {
  const correlation = correlate(ranks(x), ranks(y));
  return fisherInterval(correlation, (1 + (correlation * correlation) / 2) / (x.length - 3), level);
}

function correlate(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new RangeError(`expected pairs, found ${x.length} and ${y.length} values`);
  if (x.length < 2) throw new RangeError(`expected at least two pairs, found ${x.length}`);
  const [centreX, centreY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i] - centreX, y[i] - centreY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // Rounding must not carry a perfect correlation past 1, where Fisher's scale ends.
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}
