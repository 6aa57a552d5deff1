import type { MeanDifference } from "./mean-difference.js";

/**
 * The distance of a difference from a value, in standard errors. Where nothing varies it is infinite, or 0 where the
 * difference is that very value.
 */
export function tStatistic({ estimate, standardError }: MeanDifference, from = 0): number {
  const distance = estimate - from;
  return distance === 0 ? 0 : distance / standardError;
}
