import type { Figure, Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number, rangeText, seedsText } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { type Comparison, compareAll, effectOf, measures } from "./comparisons.js";
import { effectsFigure, motionFigure, occupancyFigure } from "./figures.js";
import { averagedRow, type CureRow, cureNeeds, cureRows, modesOf } from "./rows.js";
import { sources } from "./sources.js";

/** The ring and the grid: every cure against none, at the learning rate that tuning chose for it. */
export const targets = experiment({
  needs: { ring: cureNeeds, grid: cureNeeds },
  async find({ ring, grid }) {
    const found = await Promise.all(
      [ring, grid].map(async ({ runs }) => {
        const [none, ...cures] = await cureRows(runs);
        return {
          none,
          cures: [...cures, averagedRow(none, runs)],
          modes: modesOf(runs[0]),
          steps: runs[0].config.steps,
        };
      }),
    );
    const comparisons = compareAll(found);
    const figures: Figure[] = [effectsFigure(comparisons, found), motionFigure(found), occupancyFigure(found)];
    const names = found.flatMap(({ cures }) => cures.map(({ cure }) => cure));
    return {
      verdicts: [...new Set(names)].map((cure) => verdict(cure, comparisons)),
      sections: [
        {
          heading: "What each cure does",
          figure: figures[0],
          content: [
            `The patient is ${found[0].none.cure.replace(/^none: /, "")}; each cure changes one thing of it and has its own learning rate, chosen on other seeds. Differences from the patient are paired by seed; p-values are adjusted by Holm over all ${comparisons.length} comparisons. The last column is the smallest true difference that a test of that one alone would have seen four times in five.`,
            comparisonTable(comparisons),
            "What is published of them on networks, and what is found here: the difference from the patient with its 95 % interval, and what it says at the 5 % level after Holm's adjustment:",
            publishedTable(comparisons),
          ],
        },
        {
          heading: "Who goes round, who chatters, who collapses",
          figure: figures[1],
          content: found.flatMap(({ none, cures, modes, steps }) => [
            `On the ${none.target}, ${seedsText(none.seeds.length)}, ${number(steps)} steps:`,
            rowTable([none, ...cures], modes),
          ]),
        },
        { heading: "Modes over time", figure: figures[2], content: [] },
        ...[ring, grid].flatMap(({ name, tuning }) => (tuning === undefined ? [] : [tuningSection(name, tuning)])),
      ],
    };
  },
});

function verdict(cure: string, comparisons: readonly Comparison[]): Verdict {
  const own = comparisons.filter((one) => one.cure === cure);
  const effects = own.map(effectOf);
  const [better, worse] = (["better", "worse"] as const).map(
    (kind) => effects.filter((effect) => effect === kind).length,
  );
  const said = better > 0 && worse > 0 ? "depends" : better > 0 ? "true" : worse > 0 ? "false" : "not distinguishable";
  return {
    claim: `${cure.charAt(0).toUpperCase()}${cure.slice(1)} draws more modes or better samples than the patient.`,
    verdict: said,
    because:
      own.length === 0
        ? "Too few seeds can be paired."
        : `${listText(own.map(({ target, measure, difference, p }) => `${number(difference.estimate, 2)} [${number(difference.low, 2)}, ${number(difference.high, 2)}] ${measures[measure].text} on the ${target} (p = ${number(p, 2)})`))}.`,
  };
}

function comparisonTable(comparisons: readonly Comparison[]): Table {
  return {
    header: ["cure", "target", "measure", "difference", "95 %", "p (Holm)", "effect", "could have seen"],
    rows: comparisons.map((one) => [
      one.cure,
      one.target,
      measures[one.measure].text,
      number(one.difference.estimate, 3),
      `${number(one.difference.low, 3)} to ${number(one.difference.high, 3)}`,
      number(one.p, 2),
      effectOf(one),
      number(one.detectable, 2),
    ]),
  };
}

/** What papers say of cures for networks, beside what is found, a column for each target and measure. */
export function publishedTable(comparisons: readonly Comparison[]): Table {
  const columns = [...groupBy(comparisons, ({ target, measure }) => `${target}: ${measures[measure].text}`)];
  const ours = (own: Comparison | undefined) =>
    own === undefined ? "—" : `${intervalText(own.difference)} ${effectOf(own)}`;
  return {
    header: ["cure", "source", "published", ...columns.map(([name]) => `ours, ${name}`)],
    rows: Object.entries(sources).map(([cure, { by, says }]) => [
      cure,
      by,
      says,
      ...columns.map(([, own]) => ours(own.find((one) => one.cure === cure))),
    ]),
  };
}

const finite = (values: readonly number[]) => values.filter(Number.isFinite);
const range = (values: readonly number[]) => (finite(values).length === 0 ? "—" : rangeText(finite(values), 2));

function rowTable(rows: readonly CureRow[], modes: number): Table {
  return {
    header: [
      "cure",
      "η",
      "modes",
      "high quality %",
      `${modes} of ${modes} at step`,
      "reached",
      "collapsed",
      "go round",
      "turns",
      "drift",
      "slow cycle of those",
      "chatter",
    ],
    rows: rows.map(({ cure, lr, seeds }) => {
      const of = (key: "modes" | "turns" | "drift" | "chatter" | "allModesAt") => seeds.map((seed) => seed[key]);
      return [
        cure,
        number(lr),
        range(of("modes")),
        range(seeds.map(({ highQuality }) => 100 * highQuality)),
        range(of("allModesAt")),
        `${finite(of("allModesAt")).length} of ${seeds.length}`,
        `${seeds.filter(({ collapsed }) => collapsed).length} of ${seeds.length}`,
        `${seeds.filter(({ round }) => round).length} of ${seeds.length}`,
        range(of("turns")),
        range(of("drift")),
        range(seeds.filter(({ round }) => round).map(({ slow }) => slow)),
        range(of("chatter")),
      ];
    }),
  };
}
