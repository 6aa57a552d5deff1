import { z } from "zod";
import {
  holm,
  type Interval,
  kendallTau,
  mean,
  pairedDifference,
  studentInterval,
  tTest,
} from "../../src/stats/index.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy, summaryNumber } from "../parts/select.js";
import { family, type Told } from "./family.js";

/** What is read of a run of a classifier. */
export const needs = z.object({
  problem: z.object({
    data: z.object({ name: z.string() }),
    network: z.object({ hidden: z.array(z.number()), activation: z.string(), normalization: z.string() }),
  }),
  optimizer: z.object({ name: z.string(), lr: z.number() }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** The final losses of all networks on one task under one optimizer. */
export interface Losses {
  readonly task: string;
  readonly optimizer: string;
  /** the optimizer's name in the configuration */
  readonly rule: string;
  readonly networks: readonly string[];
  /** by seed and network, both in one order for all; very large where a run diverged */
  readonly values: readonly (readonly number[])[];
  /** over the seeds, by network */
  readonly means: readonly number[];
}

/** Instead of the loss of a run that diverged: larger than any other, and still a number that can be ranked. */
const worst = 1e6;

export function lossesOf(runs: readonly Run[]): Losses[] {
  const nameOf = ({ config: { problem } }: Run) => {
    const { hidden, activation, normalization } = problem.network;
    return `${hidden.join("-")} ${activation}${normalization === "none" ? "" : `, ${normalization}`}`;
  };
  const key = (run: Run) => JSON.stringify([run.config.problem.data.name, run.condition.optimizer]);
  return [...groupBy(runs, key).values()].map((group) => {
    const networks = [...groupBy(group, nameOf).keys()];
    const values = [...groupBy(group, ({ seed }) => seed).values()].map((some) =>
      networks.map((network) => {
        const run = some.find((one) => nameOf(one) === network);
        const loss = run === undefined ? Number.NaN : summaryNumber(run, "score");
        return Number.isFinite(loss) ? Math.min(loss, worst) : worst;
      }),
    );
    return {
      task: group[0].config.problem.data.name,
      optimizer: group[0].condition.optimizer,
      rule: group[0].config.optimizer.name,
      networks,
      values,
      means: networks.map((_, k) => mean(values.map((row) => row[k]))),
    };
  });
}

/** Two networks that two optimizers put in opposite orders. */
export interface Flip {
  /** better under the first optimizer */
  readonly first: string;
  /** better under the second */
  readonly second: string;
  /** Holm's, over all pairs of networks of all comparisons */
  readonly p: number;
}

/** How another optimizer ranks the networks of a task beside SGD. */
export interface Agreement {
  readonly sgd: Losses;
  readonly other: Losses;
  /** between the rankings by mean loss; its interval is that of networks as a sample */
  readonly tau: Interval;
  /** mean τ of two seeds' rankings under one optimizer, and under two: noise is the same in both */
  readonly within: number;
  readonly between: number;
  /** within − between, over disjoint pairs of seeds */
  readonly change: Told;
  readonly flips: readonly Flip[];
  /** loss under the other optimizer at SGD's best network minus that at its own best, chosen by odd rows, judged on even */
  readonly regret: Interval;
}

export function agreements(all: readonly Losses[]): Agreement[] {
  const pairs = all.flatMap((other) => {
    const sgd = all.find(({ task, rule }) => task === other.task && rule === "sgd");
    return sgd === undefined || other.rule === "sgd" ? [] : [{ sgd, other }];
  });
  const changes = pairs.map(({ sgd, other }) => rankChanges(sgd.values, other.values));
  const told = family(changes.map((rows) => rows.map(({ within, between }) => within - between)));
  const flips = flipsOf(pairs);
  return pairs.map(({ sgd, other }, k) => ({
    sgd,
    other,
    tau: kendallTau(sgd.means, other.means),
    within: mean(changes[k].map(({ within }) => within)),
    between: mean(changes[k].map(({ between }) => between)),
    change: told[k],
    flips: flips[k],
    regret: regretOf(sgd, other),
  }));
}

const tau = (x: readonly number[], y: readonly number[]) => kendallTau(x, y).estimate;

/** Of each disjoint pair of seeds: τ within optimizers and between them, each the mean of two. */
export function rankChanges(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): { within: number; between: number }[] {
  return Array.from({ length: Math.floor(a.length / 2) }, (_, pair) => {
    const [i, j] = [2 * pair, 2 * pair + 1];
    return { within: (tau(a[i], a[j]) + tau(b[i], b[j])) / 2, between: (tau(a[i], b[j]) + tau(b[i], a[j])) / 2 };
  });
}

/**
 * The pairs of networks whose order turns round beyond the noise of the seeds: both differences, of opposite signs, are
 * tested against zero by seed, and p is the larger of the two, which are two-sided since either network may be the first.
 */
function flipsOf(pairs: readonly { readonly sgd: Losses; readonly other: Losses }[]): Flip[][] {
  const candidates = pairs.flatMap(({ sgd, other }, index) =>
    sgd.networks.flatMap((_, i) =>
      Array.from({ length: i }, (_, j) => {
        const [x, y] = [testOf(sgd, i, j), testOf(other, i, j)];
        const [first, second] = x.statistic < 0 ? [i, j] : [j, i];
        const p = x.statistic * y.statistic < 0 ? Math.max(x.p, y.p) : 1;
        return { index, first: sgd.networks[first], second: sgd.networks[second], p };
      }),
    ),
  );
  const adjusted = holm(candidates.map(({ p }) => p));
  return pairs.map((_, index) =>
    candidates.flatMap(({ index: at, first, second }, k) =>
      at === index && adjusted[k] <= 0.05 ? [{ first, second, p: adjusted[k] }] : [],
    ),
  );
}

/** Two-sided, of the loss of network i minus that of network j; nothing of a single seed. */
function testOf({ values }: Losses, i: number, j: number): { statistic: number; p: number } {
  if (values.length < 2) return { statistic: values[0][i] - values[0][j], p: 1 };
  return tTest(
    pairedDifference(
      values.map((row) => row[i]),
      values.map((row) => row[j]),
    ),
  );
}

function regretOf(sgd: Losses, other: Losses): Interval {
  const best = ({ values, networks }: Losses) => {
    const sought = values.filter((_, row) => row % 2 === 0);
    const means = networks.map((_, k) => mean(sought.map((row) => row[k])));
    return means.indexOf(Math.min(...means));
  };
  const [theirs, own] = [best(sgd), best(other)];
  return studentInterval(other.values.filter((_, row) => row % 2 === 1).map((row) => row[theirs] - row[own]));
}
