import { z } from "zod";
import { log } from "../../src/math/elementary/logarithm.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  compareMeans,
  holm,
  type Interval,
  type MeansComparison,
  mean,
  quantile,
  windowedMean,
} from "../../src/stats/index.js";
import { resample } from "../../src/stats/resample.js";
import { memory } from "../../src/theory/rmsprop-response.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { episodesOf } from "./tables.js";

/** How the force changes: it flips every so many steps, or swings as a sine that crosses zero every so many steps. */
const change = z.union([
  z
    .object({ schedule: z.object({ name: z.literal("every"), period: z.number() }) })
    .transform(({ schedule }) => ({ kind: "flips" as const, period: schedule.period })),
  z
    .object({ update: z.object({ name: z.literal("sine"), period: z.number() }) })
    .transform(({ update }) => ({ kind: "sine" as const, period: update.period / 2 })),
]);
export type Kind = z.output<typeof change>["kind"];

/** The parts of a run's configuration that the map of periods reads. */
export const periodsNeeds = z.object({
  env: z.object({ copies: z.number(), drift: z.tuple([change]) }),
  agent: z.object({ maxGradientNorm: z.number().nullable(), rollout: z.number() }),
  optimizer: z.object({ rho: z.number(), lr: z.number() }),
  steps: z.number(),
});
export type PeriodsRun = CheckedRun<z.output<typeof periodsNeeds>>;

/** The highest return of an episode of CartPole, which regret is measured from. */
export const highest = 500;

/** All seeds of one condition. */
export interface Cell {
  readonly kind: Kind;
  readonly clip: number | null;
  /** environment steps from one sign of the force to the other */
  readonly period: number;
  readonly rho: number;
  /** 1/(1 − ρ) updates, in environment steps over all copies */
  readonly memory: number;
  readonly lr: number;
  /** mean regret per episode in the second half of the run, a number a seed, in the order of the seeds */
  readonly regrets: readonly number[];
}

/** One kind of change under one clip: periods × memories, both ascending. */
export interface RegretMap {
  readonly kind: Kind;
  readonly clip: number | null;
  readonly periods: readonly number[];
  readonly memories: readonly number[];
  /** `cells[period][memory]` */
  readonly cells: readonly (readonly Cell[])[];
}

export async function regretMaps(runs: readonly PeriodsRun[]): Promise<RegretMap[]> {
  const conditionOf = ({ config: { env, agent, optimizer } }: PeriodsRun) =>
    JSON.stringify([env.drift, agent.maxGradientNorm, optimizer.rho]);
  const cells = await Promise.all([...groupBy(runs, conditionOf).values()].map(cellOf));
  return [...groupBy(cells, ({ kind, clip }) => JSON.stringify([kind, clip])).values()].map((some) => {
    const rows = [...groupBy(some, ({ period }) => period)].sort(([a], [b]) => a - b);
    const byMemory = rows.map(([, row]) => [...row].sort((a, b) => a.memory - b.memory));
    return {
      kind: some[0].kind,
      clip: some[0].clip,
      periods: rows.map(([period]) => period),
      memories: byMemory[0].map((cell) => cell.memory),
      cells: byMemory,
    };
  });
}

async function cellOf(group: readonly PeriodsRun[]): Promise<Cell> {
  const { env, agent, optimizer, steps } = group[0].config;
  const inOrder = [...group].sort((a, b) => a.seed - b.seed);
  return {
    ...env.drift[0],
    clip: agent.maxGradientNorm,
    rho: optimizer.rho,
    memory: memory(optimizer.rho) * agent.rollout * env.copies,
    lr: optimizer.lr,
    regrets: await Promise.all(
      inOrder.map(async (run) => {
        const episodes = await episodesOf(run);
        return highest - windowedMean(episodes.step, episodes.return, steps / 2, steps);
      }),
    ),
  };
}

/** Where regret is least, and how sure that is. */
export interface Ridge {
  /** for each period the index of the memory with the least mean regret */
  readonly best: readonly number[];
  /** for each period and memory the share of resamples in which it is the best */
  readonly shares: readonly (readonly number[])[];
  /** s of best memory ∝ period^s, by least squares on logarithms, with the bootstrap's percentile interval */
  readonly exponent: Interval;
  /** The same of the memories nearest to the periods: 1 but for the grid of memories. */
  readonly textbook: number;
}

const resamples = 2000;
/** Resamples of fewer seeds repeat a few of them, and their spread says nothing. */
const fewestSeeds = 5;

/**
 * The ridge of a map, and its uncertainty by the bootstrap over seeds. A resample has the same seeds in all conditions,
 * whose random numbers they share. Of fewer than five seeds the exponent's interval has no ends.
 *
 * @param level of the exponent's interval
 */
export function ridgeOf({ cells, periods, memories }: RegretMap, level: number): Ridge {
  const seeds = cells[0][0].regrets.map((_, index) => index);
  const bestOver = (sample: ArrayLike<number>) =>
    cells.map((row) => {
      const sums = row.map(({ regrets }) => mean(Array.from(sample, (seed) => regrets[seed])));
      return sums.indexOf(Math.min(...sums));
    });
  const exponentOf = (best: readonly number[]) =>
    slope(
      periods.map(log),
      best.map((index) => log(memories[index])),
    );
  const counts = cells.map((row) => row.map(() => 0));
  const exponents: number[] = [];
  resample([seeds], resamples, new RandomStream(1, "data"), ([sample]) => {
    const best = bestOver(sample);
    best.forEach((index, k) => {
      counts[k][index]++;
    });
    exponents.push(exponentOf(best));
  });
  const best = bestOver(seeds);
  return {
    best,
    textbook: exponentOf(periods.map((period) => matched(memories, period))),
    shares: counts.map((row) => row.map((count) => count / resamples)),
    exponent: {
      estimate: exponentOf(best),
      low: seeds.length < fewestSeeds ? Number.NEGATIVE_INFINITY : quantile(exponents, (1 - level) / 2),
      high: seeds.length < fewestSeeds ? Number.POSITIVE_INFINITY : quantile(exponents, (1 + level) / 2),
    },
  };
}

/** Of the least-squares line of y over x. */
function slope(x: readonly number[], y: readonly number[]): number {
  const [centre, level] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - centre) * (y[i] - level), 0);
  return covariance / x.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
}

/** The index of the memory that lies nearest to a period, by their ratio: what the textbook would take. */
export function matched(memories: readonly number[], period: number): number {
  const distances = memories.map((value) => Math.abs(log(value / period)));
  return distances.indexOf(Math.min(...distances));
}

/** A difference of regret between two ways to choose the memory; below zero the first is better. */
export interface Choice extends MeansComparison {
  readonly map: RegretMap;
  readonly against: "shortest" | "longest";
}

/**
 * The memory matched to each period against the same one, the shortest or the longest, at all of them: the mean regret
 * over the periods, with Holm's p over all comparisons. What would be compared with itself is left out.
 */
export function matchingPays(maps: readonly RegretMap[]): Choice[] {
  const found = maps.flatMap((map) => {
    const own = map.periods.map((period) => matched(map.memories, period));
    const fixed = { shortest: 0, longest: map.memories.length - 1 };
    const regretsAt = (indices: readonly number[]) => averages(map.cells.map((row, k) => row[indices[k]]));
    return (["shortest", "longest"] as const)
      .filter((against) => own.some((index) => index !== fixed[against]))
      .map((against): Choice => {
        const other = own.map(() => fixed[against]);
        return { map, against, ...compareMeans(regretsAt(own), regretsAt(other)) };
      });
  });
  return withHolm(found);
}

/** The mean over cells, seed by seed. */
function averages(cells: readonly Cell[]): number[] {
  return cells[0].regrets.map((_, seed) => mean(cells.map(({ regrets }) => regrets[seed])));
}

/** The longest memory's return minus the shortest's, at one period. */
export interface Contrast extends MeansComparison {
  readonly short: Cell;
  readonly long: Cell;
}

/** Every map's and period's, with Holm's p over all of them. */
export function contrasts(maps: readonly RegretMap[]): Contrast[] {
  const rows = maps.flatMap(({ cells }) => cells);
  return withHolm(
    rows.map((row) => {
      const [short, long] = [row[0], row[row.length - 1]];
      return { short, long, ...compareMeans(short.regrets, long.regrets) };
    }),
  );
}

/** How much more a long memory gains where the change is smooth than where it is sudden, at one clip. */
export interface Interaction extends MeansComparison {
  readonly clip: number | null;
}

/** The gain of the longest over the shortest memory, averaged over the periods: of the sine minus of the flips. */
export function interactions(maps: readonly RegretMap[]): Interaction[] {
  const gain = ({ cells, memories }: RegretMap) => {
    const [short, long] = [0, memories.length - 1].map((index) => averages(cells.map((row) => row[index])));
    return short.map((regret, seed) => regret - long[seed]);
  };
  const found = [...groupBy(maps, ({ clip }) => clip)].flatMap(([clip, some]) => {
    const [flips, sine] = (["flips", "sine"] as const).map((kind) => some.find((map) => map.kind === kind));
    return flips === undefined || sine === undefined ? [] : [{ clip, ...compareMeans(gain(sine), gain(flips)) }];
  });
  return withHolm(found);
}

function withHolm<Test extends { readonly p: number }>(tests: readonly Test[]): Test[] {
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map((test, k) => ({ ...test, p: adjusted[k] }));
}
