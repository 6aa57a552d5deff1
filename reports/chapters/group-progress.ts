import { z } from "zod";
import { log } from "../../src/math/elementary/logarithm.js";
import { problemTables } from "../../src/problems/tables.js";
import { mean } from "../../src/stats/index.js";
import { tableOf } from "../../src/study/read.js";
import type { Column } from "../../src/study/tables.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { type Told, toldOf } from "./family.js";

/** What is read of a run of the problem `minority`. */
export const needs = z.object({
  steps: z.number(),
  problem: z.object({ share: z.number(), weighting: z.enum(["plain", "balanced"]), batch: z.number() }),
  optimizer: z.object({ name: z.string(), lr: z.number() }),
});
type Run = CheckedRun<z.output<typeof needs>>;
export type Weighting = z.output<typeof needs>["problem"]["weighting"];

/** A group has learned once so much of its loss above the best one is left. */
export const learned = 0.2;

/** How one optimizer serves both groups in one condition. */
export interface Progress {
  readonly optimizer: string;
  /** the optimizer's name in the configuration */
  readonly rule: string;
  readonly lr: number;
  readonly share: number;
  readonly weighting: Weighting;
  readonly batch: number;
  /** seed → steps until the minority has learned over those until the majority has; the run's length where it has not */
  readonly ratios: ReadonlyMap<number, number>;
  readonly step: readonly number[];
  /** excess left of the minority minus that of the majority, mean over the seeds */
  readonly gap: readonly number[];
}

export async function progressOf(runs: readonly Run[]): Promise<Progress[]> {
  const key = ({ condition, config: { problem } }: Run) =>
    JSON.stringify([condition.optimizer, problem.share, problem.weighting]);
  return Promise.all(
    [...groupBy(runs, key).values()].map(async (group) => {
      const { problem, optimizer, steps } = group[0].config;
      const tables = await Promise.all(
        group.map((run) => tableOf(run, problemTables.metrics, "excessMajority", "excessMinority")),
      );
      const times = tables.map(
        ({ step, excessMajority, excessMinority }) =>
          (timeTo(step, excessMinority) ?? steps) / (timeTo(step, excessMajority) ?? steps),
      );
      const step = Array.from(tables[0].step);
      return {
        optimizer: group[0].condition.optimizer,
        rule: optimizer.name,
        lr: optimizer.lr,
        ...problem,
        ratios: new Map(group.map(({ seed }, i) => [seed, times[i]])),
        step,
        gap: step.map((_, i) => mean(tables.map(({ excessMajority: a, excessMinority: b }) => b[i] - a[i]))),
      };
    }),
  );
}

/** The step at which the excess has come down to {@link learned}, between rows by a straight line; null where never. */
export function timeTo(step: Column, excess: Column): number | null {
  const after = Array.from(excess).findIndex((value) => value <= learned);
  if (after < 0) return null;
  if (after === 0) return step[0];
  const part = (excess[after - 1] - learned) / (excess[after - 1] - excess[after]);
  return step[after - 1] + part * (step[after] - step[after - 1]);
}

/**
 * How many times as long the minority needs as the majority at the start, by the speeds of the two groups' parameters: with
 * q the group's weight in the loss, p its part of the samples and c = q/p, a feature of mean m and deviation 1 has
 *
 *     E g = −q m/2,   E g² = (1 − 1/B) (E g)² + c² p (m² + 1)/(4 B)
 *
 * SGD moves by E g, a step that is normalised by the root of the mean square by E g/√E g² (stationary v, small η).
 */
export function ratioLaw(
  { share, weighting, batch }: Pick<Progress, "share" | "weighting" | "batch">,
  normalised: boolean,
): number {
  const m = 0.5;
  const speed = (part: number) => {
    const weight = weighting === "plain" ? part : 0.5;
    const bias = (weight * m) / 2;
    const square = (1 - 1 / batch) * bias * bias + ((weight * weight) / part) * ((m * m + 1) / (4 * batch));
    return normalised ? bias / Math.sqrt(square) : bias;
  };
  return speed(1 - share) / speed(share);
}

/** An optimizer's ratio of times against SGD's in the same condition. */
export interface Amplification extends Told {
  readonly optimizer: string;
  readonly share: number;
  readonly weighting: Weighting;
}

/** Differences of ln ratio to SGD, by seed: above zero the optimizer puts the minority further back than SGD does. */
export function amplifications(all: readonly Progress[]): Amplification[] {
  const found = all.flatMap((one) => {
    const sgd = all.find(
      (other) => other.rule === "sgd" && other.share === one.share && other.weighting === one.weighting,
    );
    if (one.rule === "sgd" || one.share === 0.5 || sgd === undefined) return [];
    const differences = [...one.ratios].map(([seed, ratio]) => log(ratio / (sgd.ratios.get(seed) ?? Number.NaN)));
    return [{ optimizer: one.optimizer, share: one.share, weighting: one.weighting, differences }];
  });
  return toldOf(found);
}
