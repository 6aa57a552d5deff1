import { mean } from "./mean.js";
import { type Precision, pairedPrecision } from "./precision.js";
import { standardDeviation } from "./standard-deviation.js";

/** A difference of means as {@link tTest} and {@link equivalenceTest} take it. */
export interface MeanDifference extends Precision {
  /** The difference, first minus second, in the unit of the values. */
  readonly estimate: number;
}

/**
 * The mean of the differences xᵢ − yᵢ, with the standard error s/√n of the differences and n − 1 degrees of freedom.
 *
 * @throws RangeError when the lengths differ or there are fewer than two pairs
 */
export function pairedDifference(x: ArrayLike<number>, y: ArrayLike<number>): MeanDifference {
  if (x.length !== y.length) throw new RangeError(`expected pairs, found ${x.length} and ${y.length} values`);
  const differences = Float64Array.from(x, (value, i) => value - y[i]);
  const precision = pairedPrecision(standardDeviation(differences), differences.length);
  return { estimate: mean(differences), ...precision };
}

/**
 * The difference x̄ − ȳ of two independent groups whose variances may differ: standard error √(a + b) with a = s²ₓ/n and
 * b = s²ᵧ/m, and (a + b)²/(a²/(n − 1) + b²/(m − 1)) degrees of freedom (n + m − 2 where no value varies).
 *
 * Source: Welch (1947), with Satterthwaite's degrees of freedom.
 *
 * @throws RangeError for fewer than two values in a group
 */
export function welchDifference(x: ArrayLike<number>, y: ArrayLike<number>): MeanDifference {
  const [n, m] = [x.length, y.length];
  if (n < 2 || m < 2) throw new RangeError(`expected at least two values in each group, found ${n} and ${m}`);
  const a = squaredError(x);
  const b = squaredError(y);
  const degrees = a + b === 0 ? n + m - 2 : ((a + b) * (a + b)) / ((a * a) / (n - 1) + (b * b) / (m - 1));
  return { estimate: mean(x) - mean(y), standardError: Math.sqrt(a + b), degrees };
}

function squaredError(values: ArrayLike<number>): number {
  const deviation = standardDeviation(values);
  return (deviation * deviation) / values.length;
}
