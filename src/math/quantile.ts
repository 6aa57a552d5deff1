/**
 * The p-quantile by linear interpolation between the order statistics at (n − 1) p: definition 7 of Hyndman and Fan
 * (1996), the default of R, NumPy and d3. NaN for no values.
 *
 * @throws RangeError when p is not in [0, 1]
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`expected a share between 0 and 1, found ${p}`);
  return quantileSorted(Float64Array.from(values).sort(), p);
}

/** The quantile ½. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/** The same for values that are sorted already. */
export function quantileSorted(values: ArrayLike<number>, p: number): number {
  if (values.length === 0) return Number.NaN;
  const position = (values.length - 1) * p;
  const below = Math.floor(position);
  const share = position - below;
  if (share === 0) return values[below];
  return values[below] + share * (values[below + 1] - values[below]);
}
