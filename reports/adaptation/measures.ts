import {
  type Duration,
  type Interval,
  mean,
  pairsNeeded,
  quantile,
  studentInterval,
  survivalMedian,
} from "../../src/stats/index.js";
import type { Experiment, Run } from "../../src/study/read.js";
import { memory, normalisedStep, stepsToSettle } from "../../src/theory/rmsprop-response.js";
import { groupBy } from "../select.js";

/** How close to its settled size the step must be to count as adapted. */
export const tolerance = 0.1;

/** RMSprop's step after one jump of the gradient's scale, measured and in closed form. */
export interface Response {
  readonly rho: number;
  readonly direction: "up" | "down";
  /** the new scale in units of the old one */
  readonly ratio: number;
  /** |Δθ|/η at s = 1, 2, … steps after the jump */
  readonly measured: Float64Array;
  readonly largestError: number;
  readonly settled: { readonly measured: number; readonly predicted: number };
}

interface ScaleConfig {
  readonly problem: { readonly scales: readonly number[]; readonly at: readonly number[] };
  readonly optimizer: { readonly rho: number };
}

export async function responses({ runs }: Experiment): Promise<Response[]> {
  const all = await Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config as ScaleConfig;
      const { normalisedStep: steps } = await run.table("metrics");
      return problem.at.map((start, jump) => {
        const measured = Float64Array.from(steps.slice(start, problem.at[jump + 1] ?? steps.length));
        return responseOf(optimizer.rho, problem.scales[jump + 1] / problem.scales[jump], measured);
      });
    }),
  );
  return all.flat();
}

function responseOf(rho: number, ratio: number, measured: Float64Array): Response {
  let largestError = 0;
  let settled = 0;
  measured.forEach((value, i) => {
    largestError = Math.max(largestError, Math.abs(value / normalisedStep(rho, ratio, i + 1) - 1));
    if (Math.abs(value - 1) > tolerance) settled = i + 1;
  });
  return {
    rho,
    direction: ratio > 1 ? "up" : "down",
    ratio,
    measured,
    largestError,
    settled: { measured: settled + 1, predicted: stepsToSettle(rho, ratio, tolerance) },
  };
}

/** The share of the highest possible return that counts as recovered: a fixed reference, not the run's own past. */
export const recoveredShare = 0.8;
const highestReturn = 500;
export const reference = recoveredShare * highestReturn;
/** Episodes whose mean return must reach the reference. */
export const recoveryEpisodes = 20;

type EpisodeTable = Awaited<ReturnType<Run["table"]>>;

/** What happened in one phase of one run. */
export interface Recovery {
  readonly seed: number;
  /** mean return of the first 20 episodes that began in the phase */
  readonly drop: number;
  /** environment steps from the phase's start until the mean of the last 20 episodes reached the reference; censored if never */
  readonly time: Duration;
}

/** All seeds of one ρ in one phase. */
export interface RecoveryRow {
  readonly rho: number;
  /** 1/(1 − ρ) updates, in environment steps */
  readonly memorySteps: number;
  /** 0 is the start from scratch, 1 the first jump, … */
  readonly phase: number;
  readonly label: string;
  readonly recoveries: readonly Recovery[];
  readonly recovered: number;
  /** Kaplan and Meier's median, in environment steps; null when more than half never recovered */
  readonly median: number | null;
  readonly drop: Interval;
}

interface CartPoleConfig {
  readonly env: {
    readonly copies: number;
    readonly drift: readonly {
      readonly parameter: string;
      readonly schedule: { readonly steps: readonly number[] };
      readonly update: { readonly values: readonly number[] };
    }[];
  };
  readonly agent: { readonly rollout: number };
  readonly optimizer: { readonly rho: number };
  readonly steps: number;
}

export const cartPoleConfig = (run: Run) => run.config as CartPoleConfig;

/** A stretch of a run without change. The first begins from scratch: what an oracle that restarts would need. */
export interface Phase {
  readonly at: number;
  readonly end: number;
  readonly label: string;
}

/** The phases between the jumps of the drifting parameter. */
export function phases(run: Run): Phase[] {
  const { env, steps } = cartPoleConfig(run);
  const [{ parameter, schedule, update }] = env.drift;
  const starts = [0, ...schedule.steps];
  return starts.map((at, phase) => {
    const value = update.values[(phase - 1) % update.values.length];
    const label = phase === 0 ? "from scratch" : `jump ${phase}: ${parameter} → ${value}`.replace("-", "−");
    return { at, end: starts[phase + 1] ?? steps, label };
  });
}

export async function recoveryRows({ runs }: Experiment): Promise<RecoveryRow[]> {
  const groups = [...groupBy(runs, "optimizer.rho").values()];
  const rows = await Promise.all(
    groups.map(async (group) => {
      const episodes = await Promise.all(group.map((run) => run.table("episodes")));
      const { env, agent, optimizer } = cartPoleConfig(group[0]);
      return phases(group[0]).map(({ at, end, label }, phase) => {
        const recoveries = group.map((run, i) => recovery(run.seed, episodes[i], env.copies, at, end));
        return {
          rho: optimizer.rho,
          memorySteps: env.copies * agent.rollout * memory(optimizer.rho),
          phase,
          label,
          recoveries,
          recovered: recoveries.filter(({ time }) => time.observed).length,
          median: survivalMedian(recoveries.map(({ time }) => time)),
          drop: studentInterval(recoveries.map(({ drop }) => drop).filter(Number.isFinite)),
        };
      });
    }),
  );
  return rows.flat();
}

/** Only episodes that began in the phase count: the others are in part the old environment's. */
function recovery(seed: number, table: EpisodeTable, copies: number, at: number, end: number): Recovery {
  const window: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < table.step.length; i++) {
    const began = table.step[i] - copies * table.length[i];
    if (began < at || table.step[i] > end) continue;
    if (first.length < recoveryEpisodes) first.push(table.return[i]);
    window.push(table.return[i]);
    if (window.length > recoveryEpisodes) window.shift();
    if (window.length === recoveryEpisodes && mean(window) >= reference) {
      return { seed, drop: mean(first), time: { time: table.step[i] - at, observed: true } };
    }
  }
  return { seed, drop: mean(first), time: { time: end - at, observed: false } };
}

/** Returns over time for one ρ: mean and quartiles over the seeds of the episodes that ended in each window of steps. */
export interface ReturnCurve {
  readonly rho: number;
  readonly points: readonly {
    readonly step: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

export async function returnCurves({ runs }: Experiment, windows = 60): Promise<ReturnCurve[]> {
  return Promise.all(
    [...groupBy(runs, "optimizer.rho").values()].map(async (group) => {
      const { steps, optimizer } = cartPoleConfig(group[0]);
      const width = steps / windows;
      const perSeed = await Promise.all(
        group.map(async (run) => windowMeans(await run.table("episodes"), width, windows)),
      );
      const points = Array.from({ length: windows }, (_, k) => {
        const values = perSeed.map((means) => means[k]).filter(Number.isFinite);
        return {
          step: (k + 0.5) * width,
          mean: mean(values),
          low: quantile(values, 0.25),
          high: quantile(values, 0.75),
        };
      });
      return { rho: optimizer.rho, points: points.filter(({ mean: value }) => Number.isFinite(value)) };
    }),
  );
}

function windowMeans(episodes: EpisodeTable, width: number, windows: number): number[] {
  const sums = new Float64Array(windows);
  const counts = new Float64Array(windows);
  for (let i = 0; i < episodes.step.length; i++) {
    const k = Math.min(windows - 1, Math.floor((episodes.step[i] - 1) / width));
    sums[k] += episodes.return[i];
    counts[k]++;
  }
  return Array.from(sums, (sum, k) => (counts[k] > 0 ? sum / counts[k] : Number.NaN));
}

/** The difference of recovery time between two ρ in one phase, seed by seed. */
export interface PairedDifference {
  /** of the mean, later − earlier ρ, in environment steps */
  readonly interval: Interval;
  /** Seeds at which a difference as large as the one found would show in 4 of 5 studies. */
  readonly seedsNeeded: number;
}

/** A censored time counts as the time watched, which understates it. */
export function pairedDifference(
  rows: readonly RecoveryRow[],
  phase: number,
  from: number,
  to: number,
): PairedDifference {
  const of = (rho: number) => rows.find((row) => row.phase === phase && row.rho === rho)?.recoveries ?? [];
  const [a, b] = [of(from), of(to)];
  const differences = a.map(({ time }, i) => b[i].time.time - time.time);
  return { interval: studentInterval(differences), seedsNeeded: pairsNeeded(differences) };
}
