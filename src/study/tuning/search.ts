import { mean } from "../../stats/mean.js";
import { type Edge, edgesAt, pointsBeyond } from "./edges.js";
import type { Point } from "./points.js";
import type { Tune } from "./schema.js";

/** A run's metric; null where the run diverged or has no such number. */
export type Score = number | null;

/** A score that a search asks for. */
export interface Trial {
  /** The index of the group of conditions. */
  readonly group: number;
  readonly point: Point;
  readonly seed: number;
}

export interface ScoredPoint {
  readonly values: Point;
  /** A score a seed, in the order of the seeds; fewer for a point that was dropped before it had all. */
  readonly scores: readonly Score[];
}

/** The points that were tried for one group of conditions. */
export interface SearchedGroup {
  readonly points: readonly ScoredPoint[];
  /** The index of the best of the points that have all scores. */
  readonly best: number;
  /** The axes on which no point was tried beyond the best. */
  readonly edges: readonly string[];
}

export interface SearchOptions extends Pick<Tune, "goal" | "halving"> {
  readonly seeds: readonly number[];
  /** How many groups of conditions there are. */
  readonly groups: number;
  readonly points: readonly Point[];
  /** How often a grid may go a step further; 0 where the points are no grid. */
  readonly extend: number;
  /** Whether a point beyond the grid makes configurations that are valid. */
  admits(point: Point): boolean;
}

interface Candidate extends ScoredPoint {
  readonly scores: Score[];
}

/** The scores that are wanted, all that can be had at once, and their answers in the same order. */
type Asking<Result> = Generator<readonly Trial[], Result, readonly Score[]>;

/**
 * Seeks the best point for each group of conditions: the best mean over the seeds. A missing score counts as the worst:
 * of two points the one with fewer of them is better, of equals the earlier.
 *
 * Every group has the same budget: the same points, as many kept by halving, and a grid goes a step further for all of
 * them where one of them has its best at an edge. Points beyond the grid are tried on all seeds.
 */
export function* search(options: SearchOptions): Asking<SearchedGroup[]> {
  const { seeds, goal, halving, points, admits } = options;
  const groups = Array.from({ length: options.groups }, () => points.map(newCandidate));

  let remaining: readonly (readonly Candidate[])[] = groups;
  for (const count of rungs(seeds.length, halving)) {
    yield* score(remaining, seeds.slice(0, count));
    const kept = Math.ceil((halving?.keep ?? 1) * remaining[0].length);
    remaining = remaining.map((candidates) => candidates.toSorted(betterFirst(goal)).slice(0, kept));
  }

  const best = (candidates: readonly Candidate[]) =>
    candidates.filter(({ scores }) => scores.length === seeds.length).toSorted(betterFirst(goal))[0];
  const edges = (candidates: readonly Candidate[]) => edgesAt(candidates.map(valuesOf), best(candidates).values);
  for (let step = 0; step < options.extend; step++) {
    const added = extension(groups[0].map(valuesOf), groups.flatMap(edges), admits);
    if (added.length === 0) break;
    for (const candidates of groups) candidates.push(...added.map(newCandidate));
    yield* score(
      groups.map((candidates) => candidates.slice(-added.length)),
      seeds,
    );
  }

  return groups.map((candidates) => ({
    points: candidates,
    best: candidates.indexOf(best(candidates)),
    edges: edges(candidates).map(({ path }) => path),
  }));
}

const newCandidate = (values: Point): Candidate => ({ values, scores: [] });
const valuesOf = ({ values }: Candidate): Point => values;

/** Scores the candidates of each group on those of the seeds that they have no score of; seeds only ever join the end. */
function* score(groups: readonly (readonly Candidate[])[], seeds: readonly number[]): Asking<void> {
  const open = groups.flatMap((candidates, group) =>
    candidates.flatMap((candidate) =>
      seeds
        .slice(candidate.scores.length)
        .map((seed) => ({ candidate, trial: { group, point: candidate.values, seed } })),
    ),
  );
  const answers = yield open.map(({ trial }) => trial);
  open.forEach(({ candidate }, i) => {
    candidate.scores.push(answers[i]);
  });
}

/** The numbers of seeds of successive halving: the first, doubled until it is all of them. */
function rungs(all: number, halving: SearchOptions["halving"]): number[] {
  const counts: number[] = [];
  for (let count = halving?.start ?? all; count < all; count *= 2) counts.push(count);
  return [...counts, all];
}

/** An order of points with equally many scores; sorting is stable, so of equals the earlier stays first. */
function betterFirst(goal: Tune["goal"]): (a: Candidate, b: Candidate) => number {
  const sign = goal === "maximise" ? -1 : 1;
  return (a, b) => {
    const [found, others] = [a, b].map(({ scores }) => scores.filter((one) => one !== null));
    if (found.length !== others.length || found.length === 0) return others.length - found.length;
    return sign * (mean(found) - mean(others));
  };
}

/** The points by which a grid grows beyond edges; an edge beyond which one is not valid stays. */
function extension(grid: readonly Point[], edges: readonly Edge[], admits: SearchOptions["admits"]): Point[] {
  const different = new Map(edges.map((edge) => [`${edge.side} ${edge.path}`, edge]));
  let grown = grid;
  for (const edge of different.values()) {
    const added = pointsBeyond(grown, edge);
    if (added.every(admits)) grown = [...grown, ...added];
  }
  return grown.slice(grid.length);
}
