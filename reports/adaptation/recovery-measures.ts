import {
  type Duration,
  type Interval,
  mean,
  pairedDifference as pairedMeans,
  smallestDetectableDifference,
  studentInterval,
  survivalMedian,
} from "../../src/stats/index.js";
import { groupBy } from "../parts/select.js";
import { type CartpoleRun, memorySteps, type Phase, phases, recoveryEpisodes, reference, rhoOf } from "./cartpole.js";
import { type Episodes, episodesOf } from "./tables.js";

/** One phase of one run. */
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

export async function recoveryRows(runs: readonly CartpoleRun[]): Promise<RecoveryRow[]> {
  const rows = await Promise.all(
    [...groupBy(runs, rhoOf)].map(async ([rho, group]) => {
      const episodes = await Promise.all(group.map(episodesOf));
      const { config } = group[0];
      return phases(config).map((phase, index) => {
        const recoveries = group.map(({ seed }, i) => recoveryOf(seed, episodes[i], config.env.copies, phase));
        return {
          rho,
          memorySteps: memorySteps(config),
          phase: index,
          label: phase.label,
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
function recoveryOf(seed: number, table: Episodes, copies: number, { at, end }: Phase): Recovery {
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

/** The difference of recovery time between two values of ρ in one phase, seed by seed. */
export interface PairedDifference {
  /** of the mean, later − earlier ρ, in environment steps */
  readonly interval: Interval;
  /** The smallest true difference that 4 of 5 such studies would tell, in environment steps; NaN for a single seed. */
  readonly detectable: number;
}

/** A censored time counts as the time watched, which understates it. */
export function pairedDifference(from: RecoveryRow, to: RecoveryRow): PairedDifference {
  const differences = from.recoveries.map(({ time }, i) => to.recoveries[i].time.time - time.time);
  if (differences.length < 2) return { interval: studentInterval(differences), detectable: Number.NaN };
  const zeros = differences.map(() => 0);
  return {
    interval: studentInterval(differences),
    detectable: smallestDetectableDifference(pairedMeans(differences, zeros)),
  };
}

/** A phase's rows with the smallest and the largest ρ. */
export function outermost(rows: readonly RecoveryRow[]): { shortest: RecoveryRow; longest: RecoveryRow } {
  const sorted = [...rows].sort((a, b) => a.rho - b.rho);
  return { shortest: sorted[0], longest: sorted[sorted.length - 1] };
}
