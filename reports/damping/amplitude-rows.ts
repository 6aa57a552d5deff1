import { z } from "zod";
import { rootMeanSquare } from "../../src/dynamics/regression.js";
import { chatterAmplitude, limitCycle } from "../../src/theory/limit-cycle.js";
import { pathOf } from "../parts/game/tables.js";
import type { CheckedRun } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";

/** What is read of the configuration of a run under Adam on a small game. */
export const amplitudeNeeds = z.object({
  order: z.enum(["simultaneous", "alternating"]),
  optimizer: z.object({ lr: z.number(), beta1: z.number(), beta2: z.number() }),
  gradientNoise: z.number(),
});
export type AmplitudeConfig = z.output<typeof amplitudeNeeds>;
export type AmplitudeRun = CheckedRun<AmplitudeConfig>;

/** An amplitude of Adam's motion: where a run's summary holds it, and its law in the units of the parameters. */
export interface Law {
  readonly measured: string;
  readonly predicted: (config: AmplitudeConfig, beta1: number) => number;
}

/** The radius of the cycle on the bilinear game: 4η√((s + τ)/(1 − β₂)). */
export const slowCycleLaw: Law = {
  measured: "measured.slowCycle",
  predicted: ({ order, optimizer }, beta1) => limitCycle({ order, ...optimizer, beta1 }).radius,
};

/** Chatter on two parabolas: √2 (η/2)(1 − β₁)/(1 + β₁), as both coordinates chatter alike. */
export const chatterLaw: Law = {
  measured: "measured.chatter",
  predicted: ({ optimizer }, beta1) => Math.SQRT2 * chatterAmplitude(optimizer.lr, beta1),
};

/** An amplitude under one setting of Adam, in units of η, beside its law for exact gradients. */
export interface AmplitudeRow {
  readonly beta1: number;
  readonly beta2: number;
  /** σ of the noise on every gradient */
  readonly noise: number;
  readonly measured: number;
  readonly predicted: number;
  /** root-mean-square distance from the equilibrium over the last half: all motion, not one band */
  readonly distance: number;
}

export function amplitudeRows(runs: readonly AmplitudeRun[], { measured, predicted }: Law): AmplitudeRow[] {
  return runs.map((run) => {
    const { lr, beta1, beta2 } = run.config.optimizer;
    return {
      beta1,
      beta2,
      noise: run.config.gradientNoise,
      measured: summaryNumber(run, measured) / lr,
      predicted: predicted(run.config, beta1) / lr,
      distance: summaryNumber(run, "measured.radius") / lr,
    };
  });
}

/** The path of one coordinate over the last half of a run, in units of η. */
export async function lateTrace(run: AmplitudeRun): Promise<Float64Array> {
  const { x } = await pathOf(run);
  return Float64Array.from(x.subarray(Math.floor(x.length / 2)), (value) => value / run.config.optimizer.lr);
}

/** The largest excursion by the root mean square: 1 for a steady flip of sign, more for bursts; NaN of nothing. */
export function crest(trace: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < trace.length; i++) most = Math.max(most, Math.abs(trace[i]));
  return most > 0 ? most / rootMeanSquare(trace) : Number.NaN;
}

/** An amplitude without momentum and with β₁ = 0.9, in one regime of memory and noise. */
export interface Regime {
  readonly beta2: number;
  readonly noise: number;
  readonly without: number;
  readonly strong: number;
}

/** The regimes among the rows, in their order; NaN where a condition is missing. */
export function regimesOf(rows: readonly AmplitudeRow[], of: (row: AmplitudeRow) => number): Regime[] {
  const regimes = rows.filter(
    ({ beta2, noise }, i) => rows.findIndex((row) => row.beta2 === beta2 && row.noise === noise) === i,
  );
  return regimes.map(({ beta2, noise }) => {
    const at = (beta1: number) => {
      const found = rows.find((row) => row.beta1 === beta1 && row.beta2 === beta2 && row.noise === noise);
      return found === undefined ? Number.NaN : of(found);
    };
    return { beta2, noise, without: at(0), strong: at(0.9) };
  });
}
