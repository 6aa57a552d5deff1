import { geometricMeanInterval, type Interval, studentInterval } from "../../src/stats/index.js";
import { number } from "./text.js";

/**
 * Student's 95 % interval of a mean, cut to the values that the quantity can take: an amplitude is not negative, a
 * share not above one. Cutting loses no coverage.
 */
export function boundedInterval(values: readonly number[], least: number, most = Number.POSITIVE_INFINITY): Interval {
  const { estimate, low, high } = studentInterval(values);
  return { estimate, low: Math.max(least, low), high: Math.min(most, high) };
}

/**
 * The geometric mean and its 95 % interval of those values that are positive, since an amplitude of nothing has no
 * logarithm; NaN where none is.
 */
export function positiveMean(values: readonly number[]): Interval {
  const positive = values.filter((value) => value > 0);
  return positive.length === 0
    ? { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }
    : geometricMeanInterval(positive);
}

/** `estimate [low, high]` for tables and sentences; the estimate's dash alone where it is undefined. */
export function intervalText({ estimate, low, high }: Interval, digits = 2, factor = 1): string {
  if (Number.isNaN(estimate)) return number(estimate, digits);
  return `${number(factor * estimate, digits)} [${number(factor * low, digits)}, ${number(factor * high, digits)}]`;
}
