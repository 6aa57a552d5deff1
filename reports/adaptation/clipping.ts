import { studentInterval } from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { clippingFigure } from "./clipping-figure.js";
import { type Cell, type Comparison, cellsOf, clippingNeeds, clipText, compare, windows } from "./clipping-measures.js";

/** Whether the sign of ρ's effect on CartPole's recovery depends on clipping the gradient. */
export const clipping = experiment({
  needs: { clipping: clippingNeeds },
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

const level = 0.05;
/** −1 where the long memory scores lower, 1 where higher, 0 where that cannot be told. */
const sign = ({ difference, p }: Comparison) => (p < level ? Math.sign(difference.estimate) : 0);
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
