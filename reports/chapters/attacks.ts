import { z } from "zod";
import { problemTables } from "../../src/problems/tables.js";
import { mean } from "../../src/stats/index.js";
import { tableOf } from "../../src/study/read.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";

/** What is read of a run of a classifier, with an adversarial batch or without. */
export const needs = z.object({
  steps: z.number(),
  problem: z.object({
    adversarial: z.object({ at: z.tuple([z.number()]), stretch: z.number() }).optional(),
  }),
  optimizer: z.object({ lr: z.number(), rho: z.number().optional() }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** Batches over which a loss is averaged: the first after the attack, and to tell whether the run has recovered. */
export const firstBatches = 10;
const window = 50;
/** A run has recovered once its loss exceeds that of its undisturbed twin by no more than this, in nats. */
export const tolerance = 0.02;

/** What one adversarial batch does to one optimizer, beside the undisturbed runs of the same seeds. */
export interface Attack {
  readonly optimizer: string;
  /** null for SGD */
  readonly rho: number | null;
  readonly lr: number;
  /** when it comes: the condition's label and the step */
  readonly when: string;
  readonly at: number;
  readonly seeds: readonly AttackedSeed[];
  /** mean over the seeds of what the loss exceeds that of the twin by, from the batch after the attack on */
  readonly excess: readonly number[];
}

/** Of one seed. */
export interface AttackedSeed {
  readonly seed: number;
  /** mean excess loss of the first batches after the attack, in nats */
  readonly jolt: number;
  /** steps until the excess over the next batches is within the tolerance; the rest of the run where it never is */
  readonly lost: number;
  readonly recovered: boolean;
  /** the step at the attack over the twin's at that batch */
  readonly step: number;
}

export async function attacks(runs: readonly Run[]): Promise<Attack[]> {
  const groups = [...groupBy(runs, ({ condition }) => condition.optimizer)].map(async ([optimizer, group]) => {
    const twins = new Map(group.filter(isCalm).map((run) => [run.seed, run]));
    const attacked = [
      ...groupBy(
        group.filter((run) => !isCalm(run)),
        ({ condition }) => condition["+attack"],
      ),
    ];
    return Promise.all(
      attacked.map(async ([when, some]): Promise<Attack> => {
        const { lr, rho = null } = some[0].config.optimizer;
        const [at] = some[0].config.problem.adversarial?.at ?? [Number.NaN];
        const pairs = await Promise.all(some.map((run) => compare(run, twins.get(run.seed), at)));
        const length = Math.min(...pairs.map(({ excess }) => excess.length));
        const excess = Array.from({ length }, (_, i) => mean(pairs.map((pair) => pair.excess[i])));
        return { optimizer, rho, lr, when, at, seeds: pairs.map(({ seed }) => seed), excess };
      }),
    );
  });
  return (await Promise.all(groups)).flat();
}

const isCalm = ({ config }: Run) => config.problem.adversarial === undefined;

async function compare(run: Run, twin: Run | undefined, at: number): Promise<{ seed: AttackedSeed; excess: number[] }> {
  if (twin === undefined) throw new RangeError(`expected an undisturbed run of seed ${run.seed}, found none`);
  const [hit, calm] = await Promise.all([run, twin].map((one) => tableOf(one, problemTables.metrics, "loss")));
  const excess = Array.from(hit.loss.subarray(at), (loss, i) => loss - calm.loss[at + i]);
  const rest = run.config.steps - at;
  const recovery = firstWithin(excess);
  return {
    seed: {
      seed: run.seed,
      jolt: mean(excess.slice(0, firstBatches)),
      lost: recovery ?? rest,
      recovered: recovery !== null,
      step: hit.normalisedStep[at - 1] / calm.normalisedStep[at - 1],
    },
    excess,
  };
}

/** The first batch from which on a window's mean excess is within the tolerance; null where there is none. */
export function firstWithin(excess: readonly number[]): number | null {
  for (let i = 0; i + window <= excess.length; i++) if (mean(excess.slice(i, i + window)) <= tolerance) return i;
  return null;
}
