import { logGamma } from "./log-gamma.js";

/**
 * The p-quantile of Student's t distribution with the given degrees of freedom (any positive number), by bisection of
 * its distribution function; relative error about 1e-12.
 *
 * @throws RangeError unless 0 < p < 1 and the degrees of freedom are positive
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`expected a probability between 0 and 1, found ${p}`);
  if (!(degrees > 0)) throw new RangeError(`expected positive degrees of freedom, found ${degrees}`);
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let high = 1;
  while (studentUpperTail(high, degrees) > 1 - p) high *= 2;
  let low = 0;
  // Halving until the ends are neighbours in double precision: at most about 1100 halvings, in practice 60.
  for (let middle = high / 2; middle > low && middle < high; middle = low + (high - low) / 2) {
    if (studentUpperTail(middle, degrees) > 1 - p) low = middle;
    else high = middle;
  }
  return high;
}

/** P(T > t) for t ≥ 0: half the regularised incomplete beta function at ν/(ν + t²) with parameters ν/2 and 1/2. */
export function studentUpperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method).
 *
 * Source: Abramowitz and Stegun (1964), 26.5.8; Press et al., Numerical Recipes, section 6.4.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above it the symmetry I_x(a, b) = 1 − I_{1−x}(b, a) leads there.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFactor = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logFactor) * continuedFraction(x, a, b)) / a;
}

function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const awayFromZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return result;
}
