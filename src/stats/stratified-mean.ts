import { mean } from "./mean.js";
import type { Strata } from "./resample.js";
import { standardDeviation } from "./standard-deviation.js";

/** A statistic's value on a sample, and its standard error there. */
export interface Estimate {
  readonly estimate: number;
  readonly standardError: number;
}

/**
 * The mean over k strata of their means, every task weighing the same, with the standard error √(Σ sᵢ²/nᵢ)/k. Of one
 * stratum it is the plain mean and s/√n. The error is NaN where a stratum has a single value.
 */
export function stratifiedMean(strata: Strata): Estimate {
  let variance = 0;
  for (const stratum of strata) {
    const deviation = standardDeviation(stratum);
    variance += (deviation * deviation) / stratum.length;
  }
  return { estimate: mean(strata.map(mean)), standardError: Math.sqrt(variance) / strata.length };
}
