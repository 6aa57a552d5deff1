/** How precisely an experiment measures a mean or a difference of means. */
export interface Precision {
  /** Standard error, in the unit of the values. */
  readonly standardError: number;
  /** Degrees of freedom of the standard error, which need not be whole. */
  readonly degrees: number;
}

/**
 * The precision of a mean difference of n pairs: s/√n with n − 1 degrees of freedom.
 *
 * @param deviation standard deviation s of the differences
 * @throws RangeError for fewer than two pairs
 */
export function pairedPrecision(deviation: number, pairs: number): Precision {
  if (!(pairs >= 2)) throw new RangeError(`expected at least two pairs, found ${pairs}`);
  return { standardError: deviation / Math.sqrt(pairs), degrees: pairs - 1 };
}

/**
 * The precision of the difference between the means of n and m values: s √(1/n + 1/m) with n + m − 2 degrees of freedom.
 *
 * @param deviation standard deviation s that both groups have
 * @throws RangeError for fewer than two values in a group
 */
export function unpairedPrecision(deviation: number, n: number, m: number): Precision {
  if (!(n >= 2 && m >= 2)) throw new RangeError(`expected at least two values in each group, found ${n} and ${m}`);
  return { standardError: deviation * Math.sqrt(1 / n + 1 / m), degrees: n + m - 2 };
}
