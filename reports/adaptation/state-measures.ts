import { log10 } from "../../src/math/elementary/logarithm.js";
import { type Interval, mean } from "../../src/stats/index.js";
import { boundedInterval } from "../parts/interval.js";
import { groupBy } from "../parts/select.js";
import { type CartpoleRun, memorySteps, type Phase, phases, rhoOf, stepsPerUpdate } from "./cartpole.js";
import { type Updates, updatesOf } from "./tables.js";

/** The optimizer's own state around a jump, for one ρ: everything in units of its mean before the jump. */
export interface Trace {
  readonly rho: number;
  readonly jump: number;
  readonly label: string;
  /** 1/(1 − ρ) updates, in environment steps */
  readonly memorySteps: number;
  /** mean over the seeds in logarithmic windows of environment steps since the jump */
  readonly points: readonly TracePoint[];
  /** the update norm in the first steps after the jump, over the seeds */
  readonly peak: Interval;
  /** the same of each seed */
  readonly peaks: readonly number[];
  /** 1/√(1 − ρ): the most by which a jump of the gradient's scale can enlarge RMSprop's step */
  readonly bound: number;
}

export interface TracePoint {
  readonly since: number;
  readonly updateNorm: number;
  /** √v, median over the parameters */
  readonly rootSquare: number;
}

/** Environment steps before a jump over which the level is taken, and after it over which the peak is. */
const levelSteps = 20_000;
export const peakSteps = 2000;
const windowsPerDecade = 8;

export async function traces(runs: readonly CartpoleRun[]): Promise<Trace[]> {
  const all = await Promise.all(
    [...groupBy(runs, rhoOf)].map(async ([rho, group]) => {
      const tables = await Promise.all(group.map(updatesOf));
      const { config } = group[0];
      const jumps = phases(config).slice(1);
      return jumps.map((jump, i) => {
        const seeds = tables.map((table) => relative(table, jump, stepsPerUpdate(config)));
        const peaks = seeds.map(({ peak }) => peak).filter(Number.isFinite);
        return {
          rho,
          jump: i + 1,
          label: jump.label,
          memorySteps: memorySteps(config),
          points: average(seeds.map(({ windows }) => windows)),
          peak: boundedInterval(peaks, 0),
          peaks,
          bound: 1 / Math.sqrt(1 - rho),
        };
      });
    }),
  );
  return all.flat();
}

/** Window → the means in it. */
type Windows = ReadonlyMap<number, TracePoint>;

/** One seed after one jump, in units of the means before it. */
function relative({ step, updateNorm, rootSquareAverage }: Updates, { at, end }: Phase, update: number) {
  const level = { updates: [] as number[], roots: [] as number[] };
  const first: number[] = [];
  const sums = new Map<number, { since: number; updateNorm: number; rootSquare: number; count: number }>();
  for (let i = 0; i < step.length; i++) {
    // The update after a rollout that began at the jump or later; `step` counts to the rollout's end.
    const since = step[i] - update - at;
    if (since < 0 && since >= -levelSteps - update && step[i] <= at) {
      level.updates.push(updateNorm[i]);
      level.roots.push(rootSquareAverage[i]);
    }
    if (since < 0 || step[i] > end) continue;
    if (since < peakSteps) first.push(updateNorm[i]);
    const key = Math.floor(log10(since + update) * windowsPerDecade);
    const sum = sums.get(key) ?? { since: 0, updateNorm: 0, rootSquare: 0, count: 0 };
    sum.since += since + update;
    sum.updateNorm += updateNorm[i];
    sum.rootSquare += rootSquareAverage[i];
    sum.count++;
    sums.set(key, sum);
  }
  const [norm, root] = [mean(level.updates), mean(level.roots)];
  const windows = new Map<number, TracePoint>();
  for (const [key, sum] of sums) {
    windows.set(key, {
      since: sum.since / sum.count,
      updateNorm: sum.updateNorm / sum.count / norm,
      rootSquare: sum.rootSquare / sum.count / root,
    });
  }
  return { windows, peak: mean(first) / norm };
}

/** The mean over the seeds, window by window, of those that reached it. */
function average(seeds: readonly Windows[]): TracePoint[] {
  const keys = [...new Set(seeds.flatMap((windows) => [...windows.keys()]))].sort((a, b) => a - b);
  return keys.map((key) => {
    const rows = seeds.flatMap((windows) => windows.get(key) ?? []);
    return {
      since: mean(rows.map(({ since }) => since)),
      updateNorm: mean(rows.map(({ updateNorm }) => updateNorm)),
      rootSquare: mean(rows.map(({ rootSquare }) => rootSquare)),
    };
  });
}
