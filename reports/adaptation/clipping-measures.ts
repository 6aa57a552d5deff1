import { z } from "zod";
import {
  holm,
  type Interval,
  mean,
  pairedDifference,
  pearsonCorrelation,
  smallestDetectableDifference,
  tTest,
  welchDifference,
} from "../../src/stats/index.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { clippedShareOf, episodesOf } from "./tables.js";

/** The parts of a run's configuration that the comparison of clips reads. */
export const clippingNeeds = z.object({
  env: z.object({
    drift: z.array(
      z.object({
        parameter: z.string(),
        schedule: z.object({ steps: z.array(z.number()) }),
        update: z.object({ values: z.array(z.number()) }),
      }),
    ),
  }),
  agent: z.object({ maxGradientNorm: z.number().nullable() }),
  optimizer: z.object({ rho: z.number(), lr: z.number() }),
  steps: z.number(),
});
type ClippingRun = CheckedRun<z.output<typeof clippingNeeds>>;

/** Windows of equal length after the change whose mean episode lengths are averaged to a score. */
export const windows = 10;

/** All seeds of one ρ, clip and change. */
export interface Cell {
  readonly rho: number;
  readonly lr: number;
  readonly clip: number | null;
  readonly change: string;
  readonly scores: readonly number[];
  /** share of clipped updates after the change, over the seeds */
  readonly clipped: number;
}

/** The change of a configuration in words: `force flips, reward × 0.1`. */
export function changeOf({ env }: z.output<typeof clippingNeeds>): string {
  const words = env.drift.map(({ parameter, update: { values } }) => {
    if (parameter === "forceMag") return "force flips";
    return parameter === "rewardScale" ? `reward × ${number(values[0])}` : `${parameter} → ${number(values[0])}`;
  });
  return words.length === 0 ? "no change" : words.join(", ");
}

export async function cellsOf(runs: readonly ClippingRun[]): Promise<Cell[]> {
  const at = Math.min(...runs.flatMap(({ config }) => config.env.drift.flatMap(({ schedule }) => schedule.steps)));
  const key = ({ config }: ClippingRun) =>
    JSON.stringify([config.agent.maxGradientNorm, changeOf(config), config.optimizer.rho]);
  const groups = [...groupBy(runs, key).values()];
  return Promise.all(
    groups.map(async (group) => {
      const { optimizer, agent } = group[0].config;
      return {
        rho: optimizer.rho,
        lr: optimizer.lr,
        clip: agent.maxGradientNorm,
        change: changeOf(group[0].config),
        scores: await Promise.all(group.map(async (run) => scoreOf(await episodesOf(run), at, run.config.steps))),
        clipped: mean(await Promise.all(group.map((run) => clippedShareOf(run, at)))),
      };
    }),
  );
}

/** The mean over equal windows of the mean length of the episodes that end in each. */
export function scoreOf(
  episodes: { readonly step: ArrayLike<number>; readonly length: ArrayLike<number> },
  from: number,
  to: number,
): number {
  const sums = new Float64Array(windows);
  const counts = new Float64Array(windows);
  for (let i = 0; i < episodes.step.length; i++) {
    const window = Math.min(windows - 1, Math.floor((windows * (episodes.step[i] - from)) / (to - from)));
    if (episodes.step[i] <= from) continue;
    sums[window] += episodes.length[i];
    counts[window]++;
  }
  let total = 0;
  for (let k = 0; k < windows; k++) total += counts[k] === 0 ? 0 : sums[k] / counts[k];
  return total / windows;
}

/** The longest memory against the shortest under one clip and change. */
export interface Comparison {
  readonly clip: number | null;
  readonly change: string;
  readonly short: Cell;
  readonly long: Cell;
  /** score of the longest memory minus that of the shortest */
  readonly difference: Interval;
  /** Holm's, over all comparisons */
  readonly p: number;
  readonly paired: boolean;
  readonly correlation: number;
  readonly detectable: number;
}

export function compare(cells: readonly Cell[]): Comparison[] {
  const found = [...groupBy(cells, ({ clip, change }) => JSON.stringify([clip, change])).values()].map((group) => {
    const sorted = [...group].sort((a, b) => a.rho - b.rho);
    const [short, long] = [sorted[0], sorted[sorted.length - 1]];
    const correlation = short.scores.length > 3 ? pearsonCorrelation(short.scores, long.scores).estimate : 0;
    const paired = correlation > 0.3;
    const difference = paired
      ? pairedDifference(long.scores, short.scores)
      : welchDifference(long.scores, short.scores);
    const { interval, p } = tTest(difference);
    const detectable = smallestDetectableDifference(difference);
    return {
      clip: short.clip,
      change: short.change,
      short,
      long,
      difference: interval,
      p,
      paired,
      correlation,
      detectable,
    };
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((one, k) => ({ ...one, p: adjusted[k] }));
}

export const clipText = (clip: number | null) => (clip === null ? "no clipping" : `clipped at ${number(clip)}`);
