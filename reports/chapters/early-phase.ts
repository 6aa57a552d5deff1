import { z } from "zod";
import { log } from "../../src/math/elementary/logarithm.js";
import { problemTables } from "../../src/problems/tables.js";
import { mean } from "../../src/stats/index.js";
import { tableOf } from "../../src/study/read.js";
import { extent } from "../parts/panel.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { type Told, toldOf } from "./family.js";
import { tuned } from "./tuned.js";

/** What is read of the first steps of a classifier under RMSprop. */
export const needs = z.object({
  steps: z.number(),
  optimizer: z.object({ lr: z.number(), rho: z.number(), biasCorrection: z.boolean() }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** The batches among which the largest loss is sought: the first knows no step yet. */
export const peakAmong = 50;

/** The first steps of a run. */
export interface Early {
  readonly rho: number;
  readonly lr: number;
  readonly corrected: boolean;
  readonly seed: number;
  /** mean loss of all batches, in nats; infinite where the run diverged */
  readonly loss: number;
  /** the largest loss of a batch soon after the first, in nats */
  readonly peak: number;
}

export async function earlyPhases(runs: readonly Run[]): Promise<Early[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { optimizer, steps } = run.config;
      const { loss } = await tableOf(run, problemTables.metrics, "loss");
      const whole = loss.length === steps;
      return {
        rho: optimizer.rho,
        lr: optimizer.lr,
        corrected: optimizer.biasCorrection,
        seed: run.seed,
        loss: whole ? mean(loss) : Number.POSITIVE_INFINITY,
        peak: whole ? extent(loss.subarray(1, peakAmong + 1))[1] : Number.POSITIVE_INFINITY,
      };
    }),
  );
}

export type Measure = "loss" | "peak";

/** What bias correction does at one ρ and η. */
export interface Effect extends Told {
  readonly rho: number;
  readonly lr: number;
  readonly measure: Measure;
  /** means over the seeds */
  readonly plain: number;
  readonly corrected: number;
}

/** η/√(1 − ρ): the first step without correction. */
export const firstStep = ({ rho, lr }: { readonly rho: number; readonly lr: number }) => lr / Math.sqrt(1 - rho);

/** ln of the measure without correction minus ln of it with, by seed: above zero correction helps. */
export function effects(all: readonly Early[]): Effect[] {
  const found = [...groupBy(all, ({ rho, lr }) => JSON.stringify([rho, lr])).values()].flatMap((group) =>
    (["loss", "peak"] as const).map((measure) => {
      const [plain, corrected] = [false, true].map(
        (which) => new Map(group.filter((one) => one.corrected === which).map((one) => [one.seed, one[measure]])),
      );
      return {
        rho: group[0].rho,
        lr: group[0].lr,
        measure,
        plain: mean([...plain.values()]),
        corrected: mean([...corrected.values()]),
        differences: [...plain].map(([seed, value]) => log(value / (corrected.get(seed) ?? Number.NaN))),
      };
    }),
  );
  return toldOf(found);
}

/** The early loss at each one's own best η: what correction adds once both are tuned. */
export interface Tuned extends Told {
  readonly rho: number;
  readonly plainLr: number;
  readonly correctedLr: number;
}

/** ln loss without correction minus ln loss with, each at the η that is best over the odd seeds, by even seed. */
export function tunedEffects(all: readonly Early[]): Tuned[] {
  const found = [...groupBy(all, ({ rho }) => rho)].map(([rho, group]) => {
    const best = (corrected: boolean) => {
      const rates = [
        ...groupBy(
          group.filter((one) => one.corrected === corrected),
          ({ lr }) => lr,
        ),
      ];
      const sweep = rates.map(([lr, some]) => ({
        lr,
        score: mean(some.flatMap(({ seed, loss }) => (seed % 2 === 1 ? [loss] : []))),
        judged: new Map(some.flatMap(({ seed, loss }) => (seed % 2 === 0 ? [[seed, loss] as const] : []))),
      }));
      return tuned(sweep).best;
    };
    const [plain, corrected] = [best(false), best(true)];
    const differences = [...plain.judged].map(([seed, loss]) => log(loss / (corrected.judged.get(seed) ?? Number.NaN)));
    return { rho, plainLr: plain.lr, correctedLr: corrected.lr, differences };
  });
  return toldOf(found);
}
