import type { Interval } from "../../src/stats/index.js";
import type { Experiment, Run } from "../../src/study/read.js";
import { linearDynamics, type Order } from "../../src/theory/bilinear.js";
import { chatterAmplitude, limitCycle } from "../../src/theory/limit-cycle.js";
import { boundedInterval } from "../interval.js";
import { groupBy, summaryNumber } from "../select.js";

/** The parts of a bilinear run's configuration that the closed forms need. */
interface BilinearConfig {
  readonly order: Order;
  readonly game: { readonly coupling: number; readonly dissipation: number };
  readonly optimizer: {
    readonly lr: number;
    readonly momentum: number;
    readonly beta1: number;
    readonly beta2: number;
  };
}

const configOf = (run: Run) => run.config as BilinearConfig;

/** What all runs of an experiment share, for captions. */
export const sharedOptimizer = ({ runs }: Experiment) => configOf(runs[0]).optimizer;

/** Growth per step and damping ratio of heavy ball at one β, measured and in closed form. */
export interface RotationRow {
  readonly order: Order;
  readonly beta: number;
  readonly measured: { readonly growth: number; readonly dampingRatio: number };
  readonly predicted: { readonly growth: number; readonly dampingRatio: number };
}

export function rotationRows({ runs }: Experiment): RotationRow[] {
  return runs.map((run) => {
    const rates = (which: string) => ({
      growth: Math.log(summaryNumber(run, `${which}.spectralRadius`)),
      dampingRatio: summaryNumber(run, `${which}.dampingRatio`),
    });
    const { order, optimizer } = configOf(run);
    return { order, beta: optimizer.momentum, measured: rates("measured"), predicted: rates("predicted") };
  });
}

/** The closed form as a curve over β, at the learning rate and coupling of the experiment. */
export function rotationCurve(
  { runs }: Experiment,
  order: Order,
): { beta: number; growth: number; dampingRatio: number }[] {
  const { optimizer, game } = configOf(runs[0]);
  const betas = runs.map((run) => configOf(run).optimizer.momentum);
  const [low, high] = [Math.min(...betas), Math.max(...betas)];
  return Array.from({ length: 141 }, (_, i) => {
    const beta = low + ((high - low) * i) / 140;
    const { coupling, dissipation: gamma } = game;
    const dissipation = [gamma, gamma] as const;
    const play = { order, lr: optimizer.lr, momentum: beta, coupling, dissipation };
    const { spectralRadius, dampingRatio } = linearDynamics(play);
    return { beta, growth: Math.log(spectralRadius), dampingRatio };
  });
}

/** What momentum adds to the decay of a game of damping ratio ζ at equal effective learning rate. */
export interface CrossoverRow {
  readonly zeta: number;
  readonly beta: number;
  /** −(ln ρ(β) − ln ρ(0)) in units of (η/(1 − β))² β/(1 − β): positive where momentum helps */
  readonly measured: number;
  readonly predicted: number;
}

export function crossoverRows({ runs }: Experiment): CrossoverRow[] {
  return [...groupBy(runs, "game").values()].flatMap((group) => {
    const growth = (run: Run, which: string) => Math.log(summaryNumber(run, `${which}.spectralRadius`));
    const plain = group.find((run) => configOf(run).optimizer.momentum === 0);
    if (plain === undefined) return [];
    return group
      .filter((run) => run !== plain)
      .map((run) => {
        const { game, optimizer } = configOf(run);
        const beta = optimizer.momentum;
        const rate = optimizer.lr / (1 - beta);
        const unit = (rate * rate * beta) / (1 - beta);
        const help = (which: string) => -(growth(run, which) - growth(plain, which)) / unit;
        const zeta = game.dissipation / Math.hypot(game.dissipation, game.coupling);
        return { zeta, beta, measured: help("measured"), predicted: help("predicted") };
      });
  });
}

/** Where the measured help of momentum changes sign, by linear interpolation; NaN when it does not. */
export function measuredCrossover(rows: readonly CrossoverRow[], beta: number): number {
  const sorted = rows.filter((row) => row.beta === beta).sort((a, b) => a.zeta - b.zeta);
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1], sorted[i]];
    if (a.measured < 0 && b.measured >= 0) {
      return a.zeta + ((b.zeta - a.zeta) * -a.measured) / (b.measured - a.measured);
    }
  }
  return Number.NaN;
}

/** An amplitude at one β₁, in units of η, beside its law. */
export interface AmplitudeRow {
  readonly beta1: number;
  readonly measured: number;
  readonly predicted: number;
}

/** A law over β₁ as a curve, at the settings of an experiment's first run, in units of η. */
function law({ runs }: Experiment, amplitude: (config: BilinearConfig, beta1: number) => number): Law {
  const betas = runs.map((run) => configOf(run).optimizer.beta1);
  const [low, high] = [Math.min(...betas), Math.max(...betas)];
  const config = configOf(runs[0]);
  return Array.from({ length: 101 }, (_, i) => {
    const beta1 = low + ((high - low) * i) / 100;
    return { x: beta1, y: amplitude(config, beta1) / config.optimizer.lr };
  });
}

export type Law = readonly { readonly x: number; readonly y: number }[];

const slowCycleAmplitude = ({ order, optimizer }: BilinearConfig, beta1: number) =>
  limitCycle({ order, ...optimizer, beta1 }).radius;
/** Two coordinates chatter alike, so the amplitude in the plane is √2 times that of each. */
const planeChatter = ({ optimizer }: BilinearConfig, beta1: number) =>
  Math.SQRT2 * chatterAmplitude(optimizer.lr, beta1);

export const slowCycleLaw = (experiment: Experiment): Law => law(experiment, slowCycleAmplitude);
export const chatterLaw = (experiment: Experiment): Law => law(experiment, planeChatter);

/** The radius of Adam's cycle on the bilinear game against 4η√((s + τ)/(1 − β₂)). */
export function slowCycleRows({ runs }: Experiment): AmplitudeRow[] {
  return runs.map((run) => {
    const { optimizer } = configOf(run);
    return {
      beta1: optimizer.beta1,
      measured: summaryNumber(run, "measured.slowCycle") / optimizer.lr,
      predicted: slowCycleAmplitude(configOf(run), optimizer.beta1) / optimizer.lr,
    };
  });
}

/** The amplitude of Adam's chatter on two parabolas against √2 (η/2)(1 − β₁)/(1 + β₁). */
export function chatterRows({ runs }: Experiment): AmplitudeRow[] {
  return runs.map((run) => {
    const { optimizer } = configOf(run);
    return {
      beta1: optimizer.beta1,
      measured: summaryNumber(run, "measured.chatter") / optimizer.lr,
      predicted: planeChatter(configOf(run), optimizer.beta1) / optimizer.lr,
    };
  });
}

/** Chatter and slow cycle of the ring GAN's generator at one β₁, over the seeds, in data units. */
export interface RingRow {
  readonly beta1: number;
  readonly seeds: number;
  readonly diverged: number;
  readonly chatter: Interval;
  readonly chatterOfSeeds: readonly number[];
  readonly slowCycle: Interval;
  readonly slowCycleOfSeeds: readonly number[];
}

export function ringRows({ runs }: Experiment): RingRow[] {
  return [...groupBy(runs, "optimizer.beta1")].map(([label, group]) => {
    const of = (field: string) => group.map((run) => summaryNumber(run, `measured.${field}`));
    const [chatter, slowCycle] = [of("chatter"), of("slowCycle")];
    return {
      beta1: Number(label),
      seeds: group.length,
      diverged: group.filter(({ outcome }) => outcome.kind === "diverged").length,
      chatter: boundedInterval(chatter, 0),
      chatterOfSeeds: chatter,
      slowCycle: boundedInterval(slowCycle, 0),
      slowCycleOfSeeds: slowCycle,
    };
  });
}
