import type { TransitionTable } from "./table.js";

/** The largest move of a value at which the iteration of an infinite horizon stops. */
const SETTLED = 1e-12;
const MOST_SWEEPS = 1_000_000;

/**
 * The best values of all states with `horizon` steps to go, undiscounted:
 *
 *     V₀ = 0,  V_h(s) = max_a Σ p (rewardScale·r + V_{h−1}(s') unless the episode ends)
 *
 * which is exact for a time limit, whose best policy may depend on the steps left. With an infinite horizon it iterates
 * until the values settle.
 *
 * @throws RangeError when they do not settle: without an end and without a cost returns grow without bound
 */
export function bestValues(table: TransitionTable, horizon: number, rewardScale = 1): Float64Array {
  let values = new Float64Array(table.length);
  let next = new Float64Array(table.length);
  for (let h = 0; h < horizon; h++) {
    let moved = 0;
    for (let s = 0; s < table.length; s++) {
      let best = Number.NEGATIVE_INFINITY;
      for (const transitions of table[s]) {
        let value = 0;
        for (const { probability, next: to, reward, terminated } of transitions) {
          value += probability * (rewardScale * reward + (terminated ? 0 : values[to]));
        }
        if (value > best) best = value;
      }
      next[s] = best;
      moved = Math.max(moved, Math.abs(best - values[s]));
    }
    [values, next] = [next, values];
    if (moved <= SETTLED && !Number.isFinite(horizon)) return values;
    if (h >= MOST_SWEEPS) throw new RangeError("value iteration does not settle: set a time limit");
  }
  return values;
}

/** The best expected return of an episode. */
export function bestReturn(
  table: TransitionTable,
  starts: readonly number[],
  horizon: number,
  rewardScale: number,
): number {
  const values = bestValues(table, horizon, rewardScale);
  return starts.reduce((sum, probability, s) => (probability > 0 ? sum + probability * values[s] : sum), 0);
}
