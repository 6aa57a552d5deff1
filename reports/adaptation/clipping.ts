import { z } from "zod";
import {
  holm,
  type Interval,
  mean,
  pairedDifference,
  pearsonCorrelation,
  smallestDetectableDifference,
  studentInterval,
  tTest,
  welchDifference,
} from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { clippingFigure } from "./clipping-figure.js";
import { clippedShareOf, episodesOf } from "./tables.js";

const needs = z.object({
  env: z.object({
    drift: z.array(
      z.object({
        parameter: z.string(),
        schedule: z.object({ steps: z.array(z.number()) }),
        update: z.object({ values: z.array(z.number()) }),
      }),
    ),
  }),
  agent: z.object({ maxGradientNorm: z.number().nullable() }),
  optimizer: z.object({ rho: z.number(), lr: z.number() }),
  steps: z.number(),
});
type ClippingRun = CheckedRun<z.output<typeof needs>>;

/** Windows of equal length after the change whose mean episode lengths are averaged to a score. */
const windows = 10;

/** Whether the sign of ρ's effect on CartPole's recovery depends on clipping the gradient. */
export const clipping = experiment({
  needs: { clipping: needs },
  async find({ clipping }) {
    const cells = await cellsOf(clipping.runs);
    const comparisons = compare(cells);
    return {
      verdicts: [memoryVerdict(comparisons), clipVerdict(comparisons)],
      sections: [
        {
          heading: "CartPole with and without clipping: which memory recovers better",
          figure: clippingFigure(comparisons),
          content: [
            `Score: mean episode length (at most 500) in ${windows} equal windows after the change, averaged; a window without an episode's end counts 0. The learning rate is tuned for each ρ and clip on other seeds, without a change. Differences are paired by seed where the scores correlate over seeds by more than 0.3, else Welch's; p-values are Holm's over all ${comparisons.length} comparisons; the smallest detectable difference is that of a single test at 80 % power.`,
            comparisonTable(comparisons),
            scoreTable(cells),
          ],
        },
        ...(clipping.tuning === undefined ? [] : [tuningSection("clipping", clipping.tuning)]),
      ],
    };
  },
});

/** All seeds of one ρ, clip and change. */
export interface Cell {
  readonly rho: number;
  readonly lr: number;
  readonly clip: number | null;
  readonly change: string;
  readonly scores: readonly number[];
  /** share of clipped updates after the change, over the seeds */
  readonly clipped: number;
}

/** The change of a configuration in words: `force flips, reward × 0.1`. */
export function changeOf({ env }: z.output<typeof needs>): string {
  const words = env.drift.map(({ parameter, update: { values } }) => {
    if (parameter === "forceMag") return "force flips";
    return parameter === "rewardScale" ? `reward × ${number(values[0])}` : `${parameter} → ${number(values[0])}`;
  });
  return words.length === 0 ? "no change" : words.join(", ");
}

async function cellsOf(runs: readonly ClippingRun[]): Promise<Cell[]> {
  const at = Math.min(...runs.flatMap(({ config }) => config.env.drift.flatMap(({ schedule }) => schedule.steps)));
  const key = ({ config }: ClippingRun) =>
    JSON.stringify([config.agent.maxGradientNorm, changeOf(config), config.optimizer.rho]);
  const groups = [...groupBy(runs, key).values()];
  return Promise.all(
    groups.map(async (group) => {
      const { optimizer, agent } = group[0].config;
      return {
        rho: optimizer.rho,
        lr: optimizer.lr,
        clip: agent.maxGradientNorm,
        change: changeOf(group[0].config),
        scores: await Promise.all(group.map(async (run) => scoreOf(await episodesOf(run), at, run.config.steps))),
        clipped: mean(await Promise.all(group.map((run) => clippedShareOf(run, at)))),
      };
    }),
  );
}

/** The mean over equal windows of the mean length of the episodes that end in each. */
export function scoreOf(
  episodes: { readonly step: ArrayLike<number>; readonly length: ArrayLike<number> },
  from: number,
  to: number,
): number {
  const sums = new Float64Array(windows);
  const counts = new Float64Array(windows);
  for (let i = 0; i < episodes.step.length; i++) {
    const window = Math.min(windows - 1, Math.floor((windows * (episodes.step[i] - from)) / (to - from)));
    if (episodes.step[i] <= from) continue;
    sums[window] += episodes.length[i];
    counts[window]++;
  }
  let total = 0;
  for (let k = 0; k < windows; k++) total += counts[k] === 0 ? 0 : sums[k] / counts[k];
  return total / windows;
}

/** The longest memory against the shortest under one clip and change. */
export interface Comparison {
  readonly clip: number | null;
  readonly change: string;
  readonly short: Cell;
  readonly long: Cell;
  /** score of the longest memory minus that of the shortest */
  readonly difference: Interval;
  /** Holm's, over all comparisons */
  readonly p: number;
  readonly paired: boolean;
  readonly correlation: number;
  readonly detectable: number;
}

export function compare(cells: readonly Cell[]): Comparison[] {
  const found = [...groupBy(cells, ({ clip, change }) => JSON.stringify([clip, change])).values()].map((group) => {
    const sorted = [...group].sort((a, b) => a.rho - b.rho);
    const [short, long] = [sorted[0], sorted[sorted.length - 1]];
    const correlation = short.scores.length > 3 ? pearsonCorrelation(short.scores, long.scores).estimate : 0;
    const paired = correlation > 0.3;
    const difference = paired
      ? pairedDifference(long.scores, short.scores)
      : welchDifference(long.scores, short.scores);
    const { interval, p } = tTest(difference);
    const detectable = smallestDetectableDifference(difference);
    return {
      clip: short.clip,
      change: short.change,
      short,
      long,
      difference: interval,
      p,
      paired,
      correlation,
      detectable,
    };
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((one, k) => ({ ...one, p: adjusted[k] }));
}

const level = 0.05;
/** −1 where the long memory scores lower, 1 where higher, 0 where that cannot be told. */
const sign = ({ difference, p }: Comparison) => (p < level ? Math.sign(difference.estimate) : 0);
export const clipText = (clip: number | null) => (clip === null ? "no clipping" : `clipped at ${number(clip)}`);
const changed = (all: readonly Comparison[]) => all.filter(({ change }) => change !== "no change");
const text = ({ clip, change, difference, p }: Comparison) =>
  `${clipText(clip)}, ${change}: ${intervalText(difference, 3)} (p = ${number(p, 2)})`;

function memoryVerdict(all: readonly Comparison[]): Verdict {
  const some = changed(all);
  const signs = some.map(sign);
  const [worse, better] = [signs.includes(-1), signs.includes(1)];
  const { short, long } = some[0];
  return {
    claim: "After a change, CartPole under A2C recovers worse the longer RMSprop's memory.",
    verdict: worse && better ? "depends" : worse ? "true" : better ? "false" : "not distinguishable",
    because: `Score at ρ = ${long.rho} minus at ρ = ${short.rho}, each at its own tuned learning rate, n = ${short.scores.length} seeds, 95 % intervals, Holm's p over ${all.length} comparisons: ${some.map(text).join("; ")}. A single test could have seen ${number(Math.min(...some.map((one) => one.detectable)), 2)} to ${number(Math.max(...some.map((one) => one.detectable)), 2)}.`,
  };
}

function clipVerdict(all: readonly Comparison[]): Verdict {
  const changes = [...groupBy(changed(all), ({ change }) => change)];
  const reversed = changes.filter(([, group]) => {
    const signs = group.map(sign);
    return signs.includes(-1) && signs.includes(1);
  });
  const opposite = changes.filter(([, group]) => {
    const estimates = group.map(({ difference }) => Math.sign(difference.estimate));
    return estimates.includes(-1) && estimates.includes(1);
  });
  return {
    claim: "Clipping the gradient's norm at 0.5, as is usual, turns the sign of what a longer memory does.",
    verdict: reversed.length > 0 ? "true" : opposite.length > 0 ? "not distinguishable" : "false",
    because:
      reversed.length > 0
        ? `Both signs are significant after ${listText(reversed.map(([change]) => `"${change}"`))}; clipping is the intervention, all else equal but for the learning rate, which is tuned for each.`
        : `Estimates have opposite signs after ${listText(opposite.map(([change]) => `"${change}"`))}, but not both beyond chance.`,
  };
}

function comparisonTable(all: readonly Comparison[]): Table {
  return {
    header: [
      "clip",
      "change",
      "difference [95 %]",
      "Holm's p",
      "test",
      "correlation over seeds",
      "smallest detectable",
    ],
    rows: all.map(({ clip, change, difference, p, paired, correlation, detectable }) => [
      clipText(clip),
      change,
      intervalText(difference, 3),
      number(p, 2),
      paired ? "paired" : "Welch",
      number(correlation, 2),
      number(detectable, 2),
    ]),
  };
}

function scoreTable(cells: readonly Cell[]): Table {
  return {
    header: ["clip", "change", "ρ", "tuned η", "score [95 %]", "seeds below 20", "clipped updates after the change"],
    rows: cells.map(({ clip, change, rho, lr, scores, clipped }) => [
      clipText(clip),
      change,
      number(rho),
      number(lr),
      intervalText(studentInterval(scores), 3),
      `${scores.filter((score) => score < 20).length} of ${scores.length}`,
      `${number(100 * clipped, 2)} %`,
    ]),
  };
}
