import { studentInterval } from "../../src/stats/index.js";
import type { Section, Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { type CheckedExperiment, experiment } from "../parts/report.js";
import { listText, number, rangeText } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { agentText, clippingText, othersFigure } from "./others-figure.js";
import { type Cell, type Comparison, cellsOf, compare, othersNeeds, returns } from "./others-measures.js";
import { type AdaptationFound, type Effect, isTold } from "./overview.js";

/** Whether what CartPole under A2C shows holds elsewhere: other environments, agents, changes, and Adam. */
export const others = experiment({
  needs: { others: othersNeeds, bandits: othersNeeds, adam: othersNeeds },
  async find(experiments): Promise<AdaptationFound> {
    const all = Object.values(experiments);
    const cells = await cellsOf(all.flatMap(({ runs }) => runs));
    const comparisons = compare(cells);
    const curriculum = comparisons.filter(({ short }) => short.curriculum);
    const family = comparisons.length;
    return {
      verdicts: [
        verdict("Elsewhere too, the longer the memory the worse an agent does after a change.", comparisons, family),
        ...(curriculum.length === 0
          ? []
          : [verdict("Under a curriculum a short memory follows better.", curriculum, family)]),
      ],
      effects: comparisons.map(effectOf),
      sections: [
        {
          heading: "Other environments, agents and optimizers",
          figure: othersFigure(comparisons, title(comparisons)),
          content: [
            `The same question wherever it can be asked. Every setting and memory has a learning rate of its own, tuned on other seeds in the same setting by the mean return of the last 100 episodes. The score is undone of the reward's scale; its unit, so that settings can be compared, is the span from a random policy's return to the best known: ${spans(cells)}.`,
            comparisonTable(comparisons),
            scoreTable(cells),
          ],
        },
        ...tuningSections(all),
      ],
    };
  },
});

function spans(cells: readonly Cell[]): string {
  const ids = [...new Set(cells.map(({ environment }) => environment))];
  return listText(ids.map((id) => `${id} ${number(returns[id].random)} to ${number(returns[id].best)}`));
}

function tuningSections(experiments: readonly Pick<CheckedExperiment<unknown>, "name" | "tuning">[]): Section[] {
  return experiments.flatMap(({ name, tuning }) => (tuning === undefined ? [] : [tuningSection(name, tuning)]));
}

function parted(all: readonly Comparison[]) {
  const told = all.filter(isTold);
  return {
    longer: told.filter(({ difference }) => difference.estimate > 0),
    shorter: told.filter(({ difference }) => difference.estimate < 0),
    untold: all.filter((one) => !isTold(one)),
  };
}

function title(all: readonly Comparison[]): string {
  const { longer, shorter, untold } = parted(all);
  return `Elsewhere: of ${all.length} settings a long memory is better in ${longer.length}, a short one in ${shorter.length}; ${untold.length} cannot be told`;
}

const name = ({ short }: Comparison) => `${agentText(short)}, ${short.change}, clipping ${clippingText(short)}`;

/** @param some of the comparisons over all of which Holm's method has adjusted */
function verdict(claim: string, some: readonly Comparison[], family: number): Verdict {
  const { longer, shorter, untold } = parted(some);
  const told = [...shorter, ...longer];
  const decided = () => {
    if (told.length === 0) return "not distinguishable";
    if (shorter.length === some.length) return "true";
    return shorter.length === 0 ? "false" : "depends";
  };
  const text = (one: Comparison) =>
    `${name(one)} ${intervalText(one.difference, 3, 100)} (p = ${number(one.p, 2)}, n = ${one.short.scores.length})`;
  const found = told.length === 0 ? "no difference is beyond chance" : told.map(text).join("; ");
  const missed = untold.map(({ detectable }) => 100 * detectable);
  return {
    claim,
    verdict: decided(),
    because: `Long minus short memory in % of the span from random to best, 95 % intervals, Holm's p over ${family}: ${found}. ${untold.length === 0 ? "Every difference could be told." : `${untold.length} of ${some.length} could not be told; single tests there could have seen ${rangeText(missed)} %.`}`,
  };
}

const symbolOf = ({ optimizer }: Cell) => (optimizer === "adam" ? "β₂" : "ρ");

function effectOf({ short, long, difference: { estimate, low, high }, p, detectable }: Comparison): Effect {
  return {
    agent: agentText(short),
    change: short.change,
    clipping: clippingText(short),
    short: `${symbolOf(short)} = ${short.decay}`,
    long: `${symbolOf(long)} = ${long.decay}`,
    difference: { estimate: 100 * estimate, low: 100 * low, high: 100 * high },
    measure: "% of random to best",
    seeds: short.scores.length,
    p,
    detectable: 100 * detectable,
  };
}

function comparisonTable(all: readonly Comparison[]): Table {
  return {
    header: [
      "agent",
      "change",
      "clipping",
      "long − short, % [95 %]",
      "Holm's p",
      "test",
      "correlation",
      "detectable, %",
    ],
    rows: all.map(({ short, difference, p, paired, correlation, detectable }) => [
      agentText(short),
      short.change,
      clippingText(short),
      intervalText(difference, 3, 100),
      number(p, 2),
      paired ? "paired" : "Welch",
      number(correlation, 2),
      number(100 * detectable, 2),
    ]),
  };
}

function scoreTable(cells: readonly Cell[]): Table {
  return {
    header: ["agent", "change", "clipping", "memory", "tuned η", "score, % [95 %]", "seeds"],
    rows: cells.map((cell) => [
      agentText(cell),
      cell.change,
      clippingText(cell),
      `${symbolOf(cell)} = ${cell.decay}`,
      number(cell.lr),
      intervalText(studentInterval(cell.scores), 3, 100),
      String(cell.scores.length),
    ]),
  };
}
