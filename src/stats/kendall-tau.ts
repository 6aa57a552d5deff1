import { fisherInterval } from "./fisher-interval.js";
import type { Interval } from "./interval.js";

/**
 * Kendall's τ-b, how far two rankings agree: (C − D)/√((N − Tₓ)(N − Tᵧ)), with C pairs of items in the same order in both,
 * D in the opposite, N = n(n − 1)/2 in all, and Tₓ and Tᵧ tied in one. NaN where one side ties all.
 *
 * Fisher's interval with variance 0.437/(n − 4), for items that are a sample and have few ties; from −1 to 1 for fewer
 * than five. Too narrow where τ is large: at τ = 0.71 and n = 10, 90.5 % of nominal 95 % cover. It says nothing of how sure
 * each item's place is: for rankings of conditions by their means over seeds take the bootstrap over seeds.
 *
 * Source: Kendall (1945); Fieller, Hartley and Pearson (1957).
 *
 * @throws RangeError when the lengths differ or there are fewer than two items
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Interval {
  const n = x.length;
  if (n !== y.length) throw new RangeError(`expected pairs, found ${n} and ${y.length} values`);
  if (n < 2) throw new RangeError(`expected at least two pairs, found ${n}`);
  let [agreement, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [Math.sign(x[i] - x[j]), Math.sign(y[i] - y[j])];
      agreement += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  }
  const tau = agreement / Math.sqrt(untiedX * untiedY);
  return fisherInterval(tau, 0.437 / (n - 4), level);
}
