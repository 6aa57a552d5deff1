import { type Interval, mean, spearmanCorrelation } from "../../src/stats/index.js";
import { updatesLost } from "../../src/theory/bandit-recovery.js";
import { groupBy } from "../parts/select.js";
import {
  type Adaptation,
  adaptationOf,
  type CartpoleRun,
  changeAt,
  meanTimeOf,
  memorySteps,
  stepsPerUpdate,
} from "./cartpole-runs.js";
import { updatesOf } from "./tables.js";

/** All seeds of one memory. */
export interface Dose {
  readonly rho: number;
  readonly lr: number;
  /** in environment steps */
  readonly memory: number;
  readonly watched: number;
  readonly seeds: readonly Adaptation[];
  /** restricted mean time to recover, in environment steps */
  readonly time: Interval;
  /** T₀ + D, in environment steps, cut off at the end of the watching */
  readonly predicted: number;
}

/** Environment steps after the change: the spike, and when the gradient has calmed down. */
const spike = [0, 2000] as const;
export const calm = [50_000, 100_000] as const;

/** By memory, the shortest first. */
export async function dosesOf(runs: readonly CartpoleRun[]): Promise<Dose[]> {
  const at = changeAt(runs);
  const groups = [...groupBy(runs, ({ config }) => config.optimizer.rho).values()];
  groups.sort(([a], [b]) => a.config.optimizer.rho - b.config.optimizer.rho);
  const kappa = await kappaOf(groups[0], at);
  const doses = await Promise.all(
    groups.map(async (group) => {
      const { config } = group[0];
      const { rho, lr } = config.optimizer;
      const watched = config.steps - at;
      const seeds = await Promise.all(group.map((run) => adaptationOf(run, at)));
      const time = meanTimeOf(seeds, watched);
      const lost = stepsPerUpdate(config) * Math.max(0, updatesLost(rho, kappa));
      return { rho, lr, memory: memorySteps(config), watched, seeds, time, lost };
    }),
  );
  const start = doses[0].time.estimate - doses[0].lost;
  return doses.map(({ lost, ...one }) => ({ ...one, predicted: Math.min(one.watched, start + lost) }));
}

/** The root-mean-square gradient once it has calmed down over that of the spike, over the runs. */
async function kappaOf(runs: readonly CartpoleRun[], at: number): Promise<number> {
  const squares = await Promise.all(
    runs.map(async (run) => {
      const { step, gradientNorm } = await updatesOf(run);
      const of = ([from, to]: readonly [number, number]) =>
        mean(gradientNorm.filter((_, i) => step[i] > at + from && step[i] <= at + to).map((norm) => norm * norm));
      return { spike: of(spike), calm: of([calm[0], Math.min(calm[1], run.config.steps - at)]) };
    }),
  );
  return Math.sqrt(mean(squares.map((one) => one.calm)) / mean(squares.map((one) => one.spike)));
}

/** Spearman's correlation of the scores with the memory, over all runs. */
export function responseOf(doses: readonly Dose[]): Interval {
  const all = doses.flatMap(({ memory, seeds }) => seeds.map(({ score }) => ({ memory, score })));
  return spearmanCorrelation(
    all.map(({ memory }) => memory),
    all.map(({ score }) => score),
  );
}
