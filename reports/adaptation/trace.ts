import { type Interval, mean } from "../../src/stats/index.js";
import type { Experiment, Run } from "../../src/study/read.js";
import { memory } from "../../src/theory/rmsprop-response.js";
import { boundedInterval } from "../interval.js";
import { groupBy } from "../select.js";
import { cartPoleConfig, phases } from "./measures.js";

/** What the optimizer's own state does around a jump, for one ρ: everything in units of its mean before the jump. */
export interface Trace {
  readonly rho: number;
  readonly jump: number;
  readonly label: string;
  /** 1/(1 − ρ) updates, in environment steps */
  readonly memorySteps: number;
  /** mean over the seeds in logarithmic windows of environment steps since the jump */
  readonly points: readonly { readonly since: number; readonly updateNorm: number; readonly rootSquare: number }[];
  /** the update norm in the first steps after the jump, over the seeds */
  readonly peak: Interval;
  /** 1/√(1 − ρ): the most by which a jump of the gradient's scale can enlarge RMSprop's step */
  readonly bound: number;
}

/** Environment steps before a jump over which the level is taken, and after it over which the peak is. */
const [before, after] = [20_000, 2000];
const windowsPerDecade = 8;

export async function traces({ runs }: Experiment): Promise<Trace[]> {
  const groups = [...groupBy(runs, "optimizer.rho").values()];
  const all = await Promise.all(
    groups.map(async (group) => {
      const tables = await Promise.all(group.map((run) => run.table("metrics")));
      const { env, agent, optimizer } = cartPoleConfig(group[0]);
      const update = env.copies * agent.rollout;
      return phases(group[0])
        .slice(1)
        .map(({ at, end, label }, i) => {
          const seeds = tables.map((table) => relative(table, at, end, update));
          return {
            rho: optimizer.rho,
            jump: i + 1,
            label,
            memorySteps: update * memory(optimizer.rho),
            points: average(seeds.map(({ windows }) => windows)),
            peak: boundedInterval(seeds.map(({ peak }) => peak).filter(Number.isFinite), 0),
            bound: 1 / Math.sqrt(1 - optimizer.rho),
          };
        });
    }),
  );
  return all.flat();
}

type MetricsTable = Awaited<ReturnType<Run["table"]>>;
type Windows = Map<number, { since: number; updateNorm: number; rootSquare: number }>;

/** One seed: window → means, in units of the means before the jump. */
function relative({ step, updateNorm, rootSquareAverage }: MetricsTable, at: number, end: number, update: number) {
  const level = { updates: [] as number[], roots: [] as number[] };
  const first: number[] = [];
  const sums = new Map<number, { since: number; updateNorm: number; rootSquare: number; count: number }>();
  for (let i = 0; i < step.length; i++) {
    // The update after a rollout that began at the jump or later; `step` counts to the rollout's end.
    const since = step[i] - update - at;
    if (since < 0 && since >= -before - update && step[i] <= at) {
      level.updates.push(updateNorm[i]);
      level.roots.push(rootSquareAverage[i]);
    }
    if (since < 0 || step[i] > end) continue;
    if (since < after) first.push(updateNorm[i]);
    const key = Math.floor(Math.log10(since + update) * windowsPerDecade);
    const sum = sums.get(key) ?? { since: 0, updateNorm: 0, rootSquare: 0, count: 0 };
    sum.since += since + update;
    sum.updateNorm += updateNorm[i];
    sum.rootSquare += rootSquareAverage[i];
    sum.count++;
    sums.set(key, sum);
  }
  const [norm, root] = [mean(level.updates), mean(level.roots)];
  const windows: Windows = new Map();
  for (const [key, sum] of sums) {
    windows.set(key, {
      since: sum.since / sum.count,
      updateNorm: sum.updateNorm / sum.count / norm,
      rootSquare: sum.rootSquare / sum.count / root,
    });
  }
  return { windows, peak: mean(first) / norm };
}

/** The mean over the seeds, window by window; windows that a run did not reach are left out of its share. */
function average(seeds: readonly Windows[]): Trace["points"] {
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
