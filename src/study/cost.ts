import { describeCondition } from "./condition.js";
import type { PlannedRun } from "./run.js";

/** Seconds that were seen to pass, and the steps done in them. */
interface Seen {
  seconds: number;
  steps: number;
}

/** How much the next coarser level counts, in runs. */
const priorRuns = 0.1;

/**
 * What runs cost, learned from those that are under way or done.
 *
 * The cost of a run is its steps times the seconds a step. These are estimated for its condition, shrunk towards those of
 * its experiment, its task, and all runs: at each level, with seconds s seen in n steps, prior weight w = 0.1 runs, and r
 * from the level above, (s + w·steps·r)/(n + w·steps).
 */
export class CostModel {
  readonly #seen = new Map<string, Seen>();
  readonly #levels = new WeakMap<PlannedRun, readonly string[]>();

  /** Takes in that a run advanced by a fraction of itself. */
  observe(run: PlannedRun, fraction: number, seconds: number): void {
    for (const level of this.#levelsOf(run)) {
      const seen = this.#seen.get(level) ?? { seconds: 0, steps: 0 };
      this.#seen.set(level, seen);
      seen.seconds += seconds;
      seen.steps += fraction * stepsOf(run);
    }
  }

  /** Seconds that the whole run takes; undefined before anything was seen. */
  seconds(run: PlannedRun): number | undefined {
    const steps = stepsOf(run);
    let rate: number | undefined;
    for (const level of this.#levelsOf(run)) {
      const seen = this.#seen.get(level);
      if (seen === undefined || seen.steps === 0) continue;
      const prior = rate === undefined ? 0 : priorRuns * steps;
      rate = (seen.seconds + prior * (rate ?? 0)) / (seen.steps + prior);
    }
    return rate === undefined ? undefined : rate * steps;
  }

  /** From coarse to fine. */
  #levelsOf(run: PlannedRun): readonly string[] {
    const known = this.#levels.get(run);
    if (known !== undefined) return known;
    const { task, experiment, condition } = run;
    const levels = [
      "all",
      `task ${task}`,
      `experiment ${experiment}`,
      `experiment ${experiment}: ${describeCondition(condition)}`,
    ];
    this.#levels.set(run, levels);
    return levels;
  }
}

/** Every task of the package counts its work in steps; of another's, all runs of a condition are taken for equal. */
function stepsOf({ config }: PlannedRun): number {
  const { steps } = (config ?? {}) as { readonly steps?: unknown };
  return typeof steps === "number" && steps > 0 ? steps : 1;
}

/**
 * Seconds until the last of several runs is done, by so many hands: the sum of what is left, shared, but no less than the
 * longest of them.
 *
 * @param left of each run: what it costs as a whole, and the fraction that is left
 */
export function secondsLeft(left: readonly (readonly [cost: number, fraction: number])[], hands: number): number {
  let [sum, longest] = [0, 0];
  for (const [cost, fraction] of left) {
    sum += cost * fraction;
    longest = Math.max(longest, cost * fraction);
  }
  return Math.max(longest, sum / Math.max(1, Math.min(hands, left.length)));
}
