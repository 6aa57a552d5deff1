import type { PlannedRun } from "./run.js";

/**
 * The runs in an order that shows early what all of them will cost: experiments take turns, and each runs its conditions
 * with the first seed before it takes the next one.
 */
export function inTurns(runs: readonly PlannedRun[]): PlannedRun[] {
  const experiments = [...new Set(runs.map(({ experiment }) => experiment))].map((name) =>
    bySeed(runs.filter(({ experiment }) => experiment === name)),
  );
  const longest = Math.max(0, ...experiments.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) =>
    experiments.flatMap((own) => (place < own.length ? [own[place]] : [])),
  ).flat();
}

/** Seeds slowest, in the order of their first appearance; conditions as they were. */
function bySeed(runs: readonly PlannedRun[]): PlannedRun[] {
  const rank = new Map([...new Set(runs.map(({ seed }) => seed))].map((seed, index) => [seed, index]));
  return runs.toSorted((a, b) => (rank.get(a.seed) ?? 0) - (rank.get(b.seed) ?? 0));
}
