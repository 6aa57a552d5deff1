import {
  holm,
  type Interval,
  pairedDifference,
  signTest,
  smallestDetectableDifference,
  tTest,
} from "../../src/stats/index.js";
import type { CureRow, CureSeed } from "./rows.js";

/** What a cure is judged by, each better the larger it is. */
export const measures = {
  modes: { name: "modes", text: "modes covered", of: ({ modes }: CureSeed) => modes, factor: 1 },
  highQuality: {
    name: "quality",
    text: "high-quality share (percentage points)",
    of: ({ highQuality }: CureSeed) => highQuality,
    factor: 100,
  },
} as const;
export type Measure = keyof typeof measures;

/** A cure against none on one target, by one measure. */
export interface Comparison {
  readonly cure: string;
  readonly target: string;
  readonly measure: Measure;
  /** the mean of the seeds' differences and its 95 % interval, in the measure's own units */
  readonly difference: Interval;
  /** the smallest true difference that a test of this one alone, at the 5 % level, would have seen four times in five */
  readonly detectable: number;
  /** adjusted by Holm over all comparisons */
  readonly p: number;
}

/**
 * Every cure against none, paired by seed, by every measure on every target; p-values adjusted by Holm over all of them
 * together. Cures of whose seeds fewer than two can be paired are left out.
 */
export function compareAll(
  targets: readonly { readonly none: CureRow; readonly cures: readonly CureRow[] }[],
): Comparison[] {
  const found = targets.flatMap(({ none, cures }) =>
    cures.flatMap((row) =>
      (Object.keys(measures) as Measure[]).flatMap((measure) => {
        const { of, factor } = measures[measure];
        const pairs = row.seeds
          .map((seed, i) => [factor * of(seed), factor * of(none.seeds[i])])
          .filter(([a, b]) => Number.isFinite(a - b));
        if (pairs.length < 2) return [];
        const difference = pairedDifference(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        );
        const { interval, p: studentP } = tTest(difference);
        // Differences that are all the same tell Student's test nothing of chance; their signs still do.
        const p = difference.standardError > 0 ? studentP : signTest(pairs.map(([a, b]) => a - b)).p;
        const detectable = difference.standardError > 0 ? smallestDetectableDifference(difference) : Number.NaN;
        return [{ cure: row.cure, target: row.target, measure, difference: interval, detectable, p }];
      }),
    ),
  );
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((one, i) => ({ ...one, p: adjusted[i] }));
}

/** What a comparison says at the 5 % level. */
export function effectOf({ difference, p }: Comparison): "better" | "worse" | "not distinguishable" {
  if (p >= 0.05) return "not distinguishable";
  return difference.estimate > 0 ? "better" : "worse";
}
