import {
  compareMeans,
  holm,
  type Interval,
  logRankTest,
  type MeansComparison,
  mean,
  restrictedMeanDifference,
} from "../../src/stats/index.js";
import { groupBy } from "../parts/select.js";
import {
  type Adaptation,
  adaptationOf,
  type CartpoleRun,
  changeAt,
  changeOf,
  memorySteps,
  noChange,
} from "./cartpole-runs.js";
import { clippedShareOf } from "./tables.js";

/** All seeds of one ρ, clip and change. */
export interface Cell {
  readonly rho: number;
  readonly lr: number;
  readonly clip: number | null;
  readonly change: string;
  /** 1/(1 − ρ) updates, in environment steps */
  readonly memorySteps: number;
  /** environment steps from the change to the end */
  readonly watched: number;
  /** in the order of the seeds */
  readonly seeds: readonly Adaptation[];
  /** score minus that of the same agent and seed without a change */
  readonly net: readonly number[];
  /** share of clipped updates after the change, mean over the seeds */
  readonly clipped: number;
}

export async function cellsOf(runs: readonly CartpoleRun[]): Promise<Cell[]> {
  const at = changeAt(runs);
  const key = ({ config }: CartpoleRun) =>
    JSON.stringify([config.agent.maxGradientNorm, changeOf(config), config.optimizer.rho]);
  const groups = [...groupBy(runs, key).values()];
  const cells = await Promise.all(
    groups.map(async (group) => {
      const { config } = group[0];
      const bySeed = [...group].sort((a, b) => a.seed - b.seed);
      return {
        rho: config.optimizer.rho,
        lr: config.optimizer.lr,
        clip: config.agent.maxGradientNorm,
        change: changeOf(config),
        memorySteps: memorySteps(config),
        watched: config.steps - at,
        seeds: await Promise.all(bySeed.map((run) => adaptationOf(run, at))),
        clipped: mean(await Promise.all(group.map((run) => clippedShareOf(run, at)))),
      };
    }),
  );
  return cells.map((cell) => {
    const control = cells.find(
      ({ rho, clip, change }) => rho === cell.rho && clip === cell.clip && change === noChange,
    );
    return { ...cell, net: cell.seeds.map(({ score }, i) => score - (control?.seeds[i].score ?? Number.NaN)) };
  });
}

export const scores = ({ seeds }: Cell) => seeds.map(({ score }) => score);
const times = ({ seeds }: Cell) => seeds.map(({ time }) => time);

/** The longest memory against the shortest under one clip and change. */
export interface Contrast {
  readonly clip: number | null;
  readonly change: string;
  readonly short: Cell;
  readonly long: Cell;
  /** of the scores, long minus short; p is Holm's over all changes and clips */
  readonly plain: MeansComparison;
  /** the same of the scores minus those without a change: what the change adds; p is Holm's over all changes */
  readonly net: MeansComparison;
  /** of the restricted mean times to recover, long minus short, in environment steps */
  readonly time: Interval;
  /** the log-rank test's, Holm's over all changes */
  readonly timeP: number;
}

/** Of every clip and change. */
export function contrasts(cells: readonly Cell[]): Contrast[] {
  const changed = cells.filter(({ change }) => change !== noChange);
  const found = [...groupBy(changed, ({ clip, change }) => JSON.stringify([clip, change])).values()].map((group) => {
    const { short, long } = outermost(group);
    return {
      ...{ clip: short.clip, change: short.change, short, long },
      plain: compareMeans(scores(long), scores(short)),
      net: compareMeans(long.net, short.net),
      time: restrictedMeanDifference(times(long), times(short), short.watched),
      timeP: logRankTest([times(long), times(short)]).p,
    };
  });
  const plainP = holm(found.map(({ plain }) => plain.p));
  const netP = holm(found.map(({ net }) => net.p));
  const timeP = holm(found.map((one) => one.timeP));
  return found.map((one, k) => ({
    ...one,
    plain: { ...one.plain, p: plainP[k] },
    net: { ...one.net, p: netP[k] },
    timeP: timeP[k],
  }));
}

/** What clipping changes in what a long memory gains, after one change. */
export interface Turn {
  readonly change: string;
  readonly clip: number;
  /** (long − short memory) of the scores with clipping minus the same without; p is Holm's over all changes */
  readonly gained: MeansComparison;
}

/** Of every change that the runs have with clipping and without: a difference of differences, seed by seed. */
export function turns(all: readonly Contrast[]): Turn[] {
  const gain = ({ short, long }: Contrast) => scores(long).map((score, i) => score - scores(short)[i]);
  const found = all.flatMap((clipped): Turn[] => {
    const { clip, change } = clipped;
    const free = all.find((one) => one.clip === null && one.change === change);
    if (clip === null || free === undefined) return [];
    return [{ change, clip, gained: compareMeans(gain(clipped), gain(free)) }];
  });
  const p = holm(found.map(({ gained }) => gained.p));
  return found.map((one, k) => ({ ...one, gained: { ...one.gained, p: p[k] } }));
}

/** The cells with the smallest and the largest ρ. */
export function outermost<C extends { readonly rho: number }>(cells: readonly C[]): { short: C; long: C } {
  const sorted = [...cells].sort((a, b) => a.rho - b.rho);
  return { short: sorted[0], long: sorted[sorted.length - 1] };
}
