import type { RandomStream } from "../rng/random-stream.js";

/**
 * Values that come in groups, as a benchmark's runs come by task: `strata[i]` holds the values of group i, and groups may
 * differ in size. What is not grouped is one stratum.
 */
export type Strata = readonly ArrayLike<number>[];

/** How often is resampled, and the level of the interval. */
export interface BootstrapOptions {
  /** Confidence level; default 0.95. */
  readonly level?: number;
  /** Number of resamples; default 2000, of studentised intervals 1999. */
  readonly resamples?: number;
}

/**
 * Draws each stratum anew with replacement, as many values as it has, and visits the sample; that many times. The
 * sample's arrays are overwritten by the next draw.
 *
 * @throws RangeError without strata or for an empty one
 */
export function resample(
  strata: Strata,
  resamples: number,
  stream: RandomStream,
  visit: (sample: readonly Float64Array[], index: number) => void,
): void {
  if (strata.length === 0) throw new RangeError("expected at least one stratum, found none");
  const empty = strata.findIndex(({ length }) => length === 0);
  if (empty >= 0) throw new RangeError(`stratum ${empty}: expected at least one value, found none`);
  const sample = strata.map(({ length }) => new Float64Array(length));
  for (let index = 0; index < resamples; index++) {
    for (let s = 0; s < strata.length; s++) {
      const [data, drawn] = [strata[s], sample[s]];
      for (let i = 0; i < drawn.length; i++) drawn[i] = data[stream.integer(data.length)];
    }
    visit(sample, index);
  }
}

/** All values of all strata in one vector. */
export function pooled(strata: Strata): Float64Array {
  const out = new Float64Array(strata.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const stratum of strata) {
    out.set(stratum, offset);
    offset += stratum.length;
  }
  return out;
}
