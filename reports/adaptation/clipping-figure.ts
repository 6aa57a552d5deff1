import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { intervals, line, marks } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { type Comparison, clipText } from "./clipping-measures.js";

const styles = [
  { colour: colours.vermillion, shape: "triangle" },
  { colour: colours.blue, shape: "circle" },
] as const;

/** The difference that a long memory makes, by change and clip, with intervals. */
export function clippingFigure(all: readonly Comparison[]): Figure {
  const changes = [...new Set(all.map(({ change }) => change))];
  const clips = [...groupBy(all, ({ clip }) => clip)];
  const { short, long } = all[0];
  const span = (group: readonly Comparison[]) =>
    group.map(({ difference }) => number(difference.estimate, 2)).join(", ");
  const parts = clips.map(([clip, group]) => `${clipText(clip)}: ${span(group)}`);
  return {
    file: "clipping.png",
    title: `A memory ${number((1 - short.rho) / (1 - long.rho), 3)} times as long changes CartPole's score by — ${parts.join("; ")}`,
    caption: `Mean episode length after the change at ρ = ${long.rho} minus that at ρ = ${short.rho}, each at its tuned learning rate, with 95 % intervals over ${short.scores.length} seeds. Above zero the long memory does better.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 600,
    panels: [
      {
        title: "Long memory minus short memory",
        x: { title: "change", min: -0.5, max: changes.length - 0.5, stepSize: 1, labels: changes, openEnds: true },
        y: { title: "difference of the score (episode length)" },
        series: [
          line(
            "",
            [
              { x: -0.5, y: 0 },
              { x: changes.length - 0.5, y: 0 },
            ],
            colours.grey,
            { dash: [6, 5] },
          ),
          ...clips.flatMap(([clip, group], k) => {
            const { colour, shape } = styles[k % styles.length];
            const x = ({ change }: Comparison) => changes.indexOf(change) + 0.16 * (k - (clips.length - 1) / 2);
            return [
              ...intervals(
                group.map((one) => ({ x: x(one), low: one.difference.low, high: one.difference.high })),
                colour,
              ),
              marks(
                clipText(clip),
                group.map((one) => ({ x: x(one), y: one.difference.estimate })),
                colour,
                { shape, radius: 8 },
              ),
            ];
          }),
        ],
      },
    ],
  };
}
