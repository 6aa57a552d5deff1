import { z } from "zod";
import type { CheckedRun } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";

/** What is read of the configuration of a run on the bilinear game. */
export const bilinearNeeds = z.object({
  order: z.enum(["simultaneous", "alternating"]),
  optimizer: z.object({
    name: z.string(),
    lr: z.number(),
    rho: z.number().optional(),
    beta1: z.number().optional(),
    beta2: z.number().optional(),
  }),
});
export type BilinearRun = CheckedRun<z.output<typeof bilinearNeeds>>;

/** One condition on the bilinear game: the closed form beside the measurement. */
export interface BilinearRow {
  /** the optimizer's label in the study */
  readonly optimizer: string;
  readonly order: "simultaneous" | "alternating";
  readonly lr: number;
  /** β₁; 0 without momentum */
  readonly beta1: number;
  /** of the mean square: RMSprop's ρ, Adam's β₂; NaN without one */
  readonly rho: number;
  /** 8(1 − ρ)(s + τ), in which the laws of adaptive methods are of leading order; NaN without a mean square */
  readonly smallness: number;
  readonly measured: Rates;
  readonly predicted: Rates;
}

/** NaN where undefined. */
export interface Rates {
  /** per step */
  readonly spectralRadius: number;
  /** radians per step */
  readonly angle: number;
  /** of the limit cycle */
  readonly radius: number;
}

export function bilinearRows(runs: readonly BilinearRun[]): BilinearRow[] {
  return runs.map((run) => {
    const { order, optimizer } = run.config;
    const beta1 = optimizer.beta1 ?? 0;
    const rho = optimizer.rho ?? optimizer.beta2 ?? Number.NaN;
    const delay = (order === "simultaneous" ? 0.5 : 0) + beta1 / (1 - beta1);
    return {
      optimizer: run.condition.optimizer,
      order,
      lr: optimizer.lr,
      beta1,
      rho,
      smallness: 8 * (1 - rho) * delay,
      measured: rates(run, "measured"),
      predicted: rates(run, "predicted"),
    };
  });
}

function rates(run: BilinearRun, which: "measured" | "predicted"): Rates {
  return {
    spectralRadius: summaryNumber(run, `${which}.spectralRadius`),
    angle: summaryNumber(run, `${which}.angle`),
    radius: summaryNumber(run, `${which}.radius`),
  };
}

/** |measured/predicted − 1| of a field; NaN where one is not known. */
export const relativeError = ({ measured, predicted }: BilinearRow, field: keyof Rates) =>
  Math.abs(measured[field] / predicted[field] - 1);

/** The largest |measured/predicted − 1| of a field over the rows in which both are known; NaN when none is. */
export function largestError(rows: readonly BilinearRow[], field: keyof Rates): number {
  const errors = rows.map((row) => relativeError(row, field)).filter(Number.isFinite);
  return errors.length === 0 ? Number.NaN : Math.max(...errors);
}

/** `RMSprop ρ = 0.99 (alternating)`. */
export const conditionText = ({ optimizer, order }: BilinearRow) => `${optimizer} (${order})`;
