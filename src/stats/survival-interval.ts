import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { normalQuantile } from "../math/normal.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";
import type { SurvivalPoint } from "./kaplan-meier.js";

/**
 * The pointwise confidence interval of a Kaplan-Meier curve at one of its points: S^exp(±z·σ/(S ln S)) with Greenwood's
 * standard error σ, normal on the scale of ln(−ln S), so that it stays within [0, 1]. From 0 to 1 where nobody is left,
 * about which the formula says nothing.
 *
 * Source: Kalbfleisch and Prentice (1980); R's `conf.type = "log-log"`.
 *
 * @throws RangeError unless the level lies between 0 and 1
 */
export function survivalInterval({ survival, standardError }: SurvivalPoint, level = 0.95): Interval {
  checkLevel(level);
  if (survival === 0) return { estimate: 0, low: 0, high: 1 };
  const logSurvival = log(survival);
  const half = (normalQuantile((1 + level) / 2) * standardError) / (survival * -logSurvival);
  return {
    estimate: survival,
    low: exp(logSurvival * exp(half)),
    high: exp(logSurvival * exp(-half)),
  };
}
