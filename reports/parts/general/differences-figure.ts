import { colours } from "../colours.js";
import type { Figure } from "../findings.js";
import { line, marks, upright } from "../panel.js";
import type { Comparison } from "./comparison.js";
import { comparedOf, foundText } from "./comparison-text.js";

const styles = {
  larger: { colour: colours.blue, shape: "circle" },
  smaller: { colour: colours.vermillion, shape: "triangle" },
  "the same": { colour: colours.grey, shape: "rect" },
  "not distinguishable": { colour: colours.grey, shape: "ring" },
} as const;
const kinds = Object.keys(styles) as (keyof typeof styles)[];

/**
 * A forest plot: the difference of every condition to the baseline, with its 95 % interval and the smallest that could
 * have been told.
 *
 * @param about what is compared, before the finding in the title
 */
export function differencesFigure(file: string, about: string, comparison: Comparison): Figure {
  const { metric, baseline, family } = comparison;
  // Rows are counted upward.
  const rows = comparedOf(comparison).reverse();
  const marked = kinds.map((kind) => {
    const own = rows.map(({ found, comparison: one }, y) =>
      found === kind ? { x: one.difference.estimate, y } : null,
    );
    return marks(own.some((point) => point !== null) ? kind : "", own, styles[kind].colour, {
      shape: styles[kind].shape,
      radius: 7,
    });
  });
  return {
    file,
    title: `${about}: ${metric} is ${foundText(comparedOf(comparison))}, beside ${baseline}`,
    caption: [
      `Differences to ${baseline}, over the seeds that both have, with 95 % intervals of one comparison alone.`,
      family === 0
        ? "No seed changes the number: the differences are exact."
        : `Larger or smaller is said where p is below 0.05 after Holm's correction over ${family} ${family === 1 ? "comparison" : "comparisons"}. Grey, thin: ± the true difference that four of five such experiments would tell, without correction.`,
    ].join(" "),
    columns: 1,
    panelWidth: 1000,
    panelHeight: 150 + 42 * rows.length,
    panels: [
      {
        title: "",
        x: { title: `difference of ${metric}` },
        y: {
          title: "",
          labels: rows.map(({ label }) => label),
          ...{ min: -0.5, max: rows.length - 0.49, stepSize: 1, openEnds: true },
        },
        series: [
          upright("", 0, -0.5, rows.length - 0.5, colours.grey, { dash: [6, 5] }),
          ...marked,
          ...rows.map(({ found, comparison: { difference } }, y) =>
            line("", across(difference.low, difference.high, y), styles[found].colour, { width: 3 }),
          ),
          ...rows.map(({ exact, comparison: { detectable } }, y) =>
            line("", exact ? [] : across(-detectable, detectable, y - 0.25), colours.grey, { width: 1 }),
          ),
        ],
      },
    ],
  };
}

const across = (low: number, high: number, y: number) => [
  { x: low, y },
  { x: high, y },
];
