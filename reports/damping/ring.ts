import { z } from "zod";
import { InputError } from "../../src/config/input-error.js";
import type { Interval } from "../../src/stats/index.js";
import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { intervalText, positiveMean } from "../parts/interval.js";
import { intervals, logarithmicBounds, marks, type Panel } from "../parts/panel.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { groupBy, hasDiverged, summaryNumber } from "../parts/select.js";
import { number, seedsText } from "../parts/text.js";
import { beta1Axis, change } from "./beta1.js";

const needs = z.object({
  order: z.string(),
  optimizer: z.object({ lr: z.number(), beta1: z.number(), beta2: z.number() }),
});
type Config = z.output<typeof needs>;

/** The same two amplitudes in the ring GAN, where there is no closed form. */
export const ring = experiment({
  needs: { ring: needs },
  find({ ring: { runs } }) {
    const rows = ringRows(runs);
    return {
      verdicts: [verdict(rows)],
      sections: [
        {
          heading: "The ring GAN",
          figure: figure(rows, runs[0].config),
          content: ["Geometric mean over the seeds and its 95 % interval, data units.", table(rows)],
        },
      ],
    };
  },
});

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

export function ringRows(runs: readonly CheckedRun<Config>[]): RingRow[] {
  return [...groupBy(runs, ({ config }) => config.optimizer.beta1)].map(([beta1, group]) => {
    const of = (field: string) => group.map((run) => summaryNumber(run, `measured.${field}`));
    const [chatter, slowCycle] = [of("chatter"), of("slowCycle")];
    return {
      beta1,
      seeds: group.length,
      diverged: group.filter(hasDiverged).length,
      chatter: positiveMean(chatter),
      chatterOfSeeds: chatter,
      slowCycle: positiveMean(slowCycle),
      slowCycleOfSeeds: slowCycle,
    };
  });
}

/** The conditions without momentum and with β₁ = 0.9. */
function ends(rows: readonly RingRow[]): { none: RingRow; strong: RingRow } {
  const at = (beta1: number) => {
    const found = rows.find((row) => row.beta1 === beta1);
    if (found === undefined)
      throw new InputError(`the report needs the condition β₁ = ${beta1} of the experiment ring`);
    return found;
  };
  return { none: at(0), strong: at(0.9) };
}

function verdict(rows: readonly RingRow[]): Verdict {
  const { none, strong } = ends(rows);
  const ratio = none.chatter.estimate / strong.chatter.estimate;
  const apart = none.chatter.low > strong.chatter.high || strong.chatter.low > none.chatter.high;
  const slower = `slow motion (periods above 50 steps, drift included) goes from ${number(none.slowCycle.estimate, 2)} to ${number(strong.slowCycle.estimate, 2)}`;
  return {
    claim: "Momentum damps the fast motion (periods below 4 steps) of a real GAN.",
    verdict: apart ? (ratio > 1 ? "true" : "false") : "not distinguishable",
    because: `From β₁ = 0 to 0.9 its amplitude goes from ${number(none.chatter.estimate, 2)} to ${number(strong.chatter.estimate, 2)} (a factor of ${number(ratio, 2)}; 95 % intervals ${apart ? "apart" : "overlapping"} at n = ${none.seeds}), while ${slower}. Part of it is the noise of the batches, which momentum averages.`,
  };
}

function figure(rows: readonly RingRow[], { order, optimizer }: Config): Figure {
  const { none, strong } = ends(rows);
  const chatter = change("fast motion", none.chatter.estimate, strong.chatter.estimate);
  const slowCycle = change("slow motion", none.slowCycle.estimate, strong.slowCycle.estimate);
  return {
    file: "ring-amplitudes.png",
    title: `Ring GAN under Adam: from β₁ = 0 to 0.9 ${chatter} and ${slowCycle}`,
    caption: `η = ${number(optimizer.lr)}, β₂ = ${optimizer.beta2}, ${order}; ${seedsText(none.seeds)} per β₁, amplitudes of the generator's mean over the last half of the run. Which seeds go round is measured in the study of cycling. There is no closed form here: the bilinear game and the parabola above say which way each should go.`,
    columns: 2,
    panelWidth: 800,
    panelHeight: 560,
    panels: [
      panel(
        "Fast motion (period below 4 steps)",
        rows.map(({ beta1, chatter: mean, chatterOfSeeds: seeds }) => ({ beta1, mean, seeds })),
      ),
      panel(
        "Slow motion (period above 50 steps)",
        rows.map(({ beta1, slowCycle: mean, slowCycleOfSeeds: seeds }) => ({ beta1, mean, seeds })),
      ),
    ],
  };
}

function panel(
  title: string,
  rows: readonly { readonly beta1: number; readonly mean: Interval; readonly seeds: readonly number[] }[],
): Panel {
  const bars = rows.map(({ beta1, mean: { low, high } }) => ({ x: beta1, low, high }));
  const means = rows.map(({ beta1, mean }) => ({ x: beta1, y: mean.estimate }));
  const single = rows.flatMap(({ beta1, seeds }) => seeds.map((y) => ({ x: beta1, y })));
  return {
    title,
    x: beta1Axis,
    y: {
      title: "amplitude (data units)",
      scale: "logarithmic",
      ...logarithmicBounds(rows.flatMap(({ seeds }) => seeds)),
    },
    series: [
      ...intervals(bars, colours.blue),
      marks("geometric mean, 95 % interval", means, colours.blue, { radius: 7 }),
      marks("one seed", single, colours.grey, { radius: 3 }),
    ],
  };
}

function table(rows: readonly RingRow[]): Table {
  return {
    header: ["β₁", "seeds", "diverged", "fast motion", "slow motion"],
    rows: rows.map((row) => [
      number(row.beta1),
      String(row.seeds),
      String(row.diverged),
      intervalText(row.chatter),
      intervalText(row.slowCycle),
    ]),
  };
}
