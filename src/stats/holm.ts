/**
 * Holm's adjusted p-values: with the p-values in ascending order, p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎). To
 * reject where p̃ ≤ α keeps the probability of any false rejection at α, however the tests depend on each other.
 *
 * Source: Holm (1979).
 *
 * @returns in the order of the argument
 * @throws RangeError for a p-value that is not in [0, 1]
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const order = Array.from(pValues, (p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Float64Array(order.length);
  let largest = 0;
  order.forEach(({ p, index }, rank) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`p-value ${index}: expected a number from 0 to 1, found ${p}`);
    largest = Math.max(largest, Math.min(1, (order.length - rank) * p));
    adjusted[index] = largest;
  });
  return adjusted;
}
