import { type Interval, mean, quantile } from "../../src/stats/index.js";
import { positiveMean } from "../parts/interval.js";
import { groupBy } from "../parts/select.js";
import { windowCentre, windowMeans } from "../parts/windows.js";
import { type CartpoleRun, changeAt, changeOf, noChange } from "./cartpole-runs.js";
import { updatesOf } from "./tables.js";

/** What a trace shows of the optimizer. */
export const traced = ["gradientNorm", "rootSquareAverage", "updateNorm", "clippedShare"] as const;
export type Traced = (typeof traced)[number];

/** Median and quartiles over the seeds in a window of environment steps. */
export interface TracePoint {
  /** environment steps since the change, negative before it */
  readonly since: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The optimizer around the change, for one ρ and clip. */
export interface Trace {
  readonly rho: number;
  readonly clip: number | null;
  readonly change: string;
  readonly curves: Readonly<Record<Traced, readonly TracePoint[]>>;
  /** the update's norm late in the time shown over that before the change: geometric mean over the seeds */
  readonly stepLeft: Interval;
}

const windowSteps = 1000;
/** Environment steps shown before and after the change, and those after which it is late. */
const [shownBefore, shownAfter, late] = [20_000, 100_000, 50_000];

/** Of the change that shrinks the reward, where the runs have one, else of the first. */
export async function traces(runs: readonly CartpoleRun[]): Promise<Trace[]> {
  const at = changeAt(runs);
  const changes = [...new Set(runs.map(({ config }) => changeOf(config)))].filter((change) => change !== noChange);
  const change = changes.find((name) => name.includes("force") && name.includes("× 0.")) ?? changes[0];
  const some = runs.filter(({ config }) => changeOf(config) === change);
  const groups = [...groupBy(some, ({ config }) => `${config.agent.maxGradientNorm} ${config.optimizer.rho}`).values()];
  return Promise.all(
    groups.map(async (group) => {
      const { agent, optimizer } = group[0].config;
      const seeds = await Promise.all(group.map((run) => windowsOf(run, at)));
      const left = seeds.map(({ since, means: { updateNorm } }) => {
        const of = (from: number, to: number) =>
          mean(updateNorm.filter((value, k) => since[k] > from && since[k] < to && Number.isFinite(value)));
        return of(late, shownAfter) / of(-shownBefore, 0);
      });
      const curves = traced.map((name) => [name, overSeeds(seeds, name)]);
      return {
        ...{ rho: optimizer.rho, clip: agent.maxGradientNorm, change },
        curves: Object.fromEntries(curves) as Trace["curves"],
        stepLeft: positiveMean(left),
      };
    }),
  );
}

interface Windows {
  readonly since: readonly number[];
  readonly means: Readonly<Record<Traced, readonly number[]>>;
}

/** The means of one run in windows around the change. */
async function windowsOf(run: CartpoleRun, at: number): Promise<Windows> {
  const { step, ...columns } = await updatesOf(run);
  const { steps } = run.config;
  const windows = Math.max(1, Math.round(steps / Math.min(windowSteps, at / 20)));
  const centres = Array.from({ length: windows }, (_, k) => windowCentre(k, steps, windows) - at);
  const shown = centres.flatMap((since, k) => (since > -shownBefore && since < shownAfter ? [k] : []));
  const means = traced.map((name) => {
    const all = windowMeans(step, columns[name], steps, windows);
    return [name, shown.map((k) => all[k])];
  });
  return { since: shown.map((k) => centres[k]), means: Object.fromEntries(means) as Windows["means"] };
}

function overSeeds(seeds: readonly Windows[], name: Traced): TracePoint[] {
  return seeds[0].since.map((since, k) => {
    const values = seeds.map(({ means }) => means[name][k]).filter(Number.isFinite);
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share));
    return { since, median, low, high };
  });
}
