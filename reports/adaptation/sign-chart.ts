import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { intervals, line, marks } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import type { Contrast } from "./cartpole-measures.js";
import { clipText } from "./cartpole-runs.js";
import { isTold } from "./overview.js";

const styles = [
  { colour: colours.vermillion, shape: "triangle" },
  { colour: colours.blue, shape: "circle" },
] as const;

/** What a long memory does to the net score, by change and clip, with intervals. */
export function signChart(all: readonly Contrast[]): Figure {
  const changes = [...new Set(all.map(({ change }) => change))];
  const clips = [...groupBy(all, ({ clip }) => clip)];
  const { short, long } = all[0];
  return {
    file: "cartpole-signs.png",
    title: `CartPole's long memory (ρ = ${long.rho} against ${short.rho}) ${clips.map(([clip, group]) => `${answer(group)} ${clip === null ? "without clipping" : `with clipping at ${number(clip)}`}`).join(", and ")}`,
    caption: `Mean episode length after the change, minus that of the same agent without a change: at ρ = ${long.rho} minus at ρ = ${short.rho}, each at its tuned learning rate, with 95 % intervals over ${short.seeds.length} seeds. Above zero the long memory does better; the title counts what is beyond chance by Holm's method.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 600,
    panels: [
      {
        title: "Net score, long memory minus short memory",
        x: { title: "change", min: -0.5, max: changes.length - 0.49, stepSize: 1, labels: changes, openEnds: true },
        y: { title: "difference (steps of an episode)" },
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
            const x = ({ change }: Contrast) => changes.indexOf(change) + 0.16 * (k - (clips.length - 1) / 2);
            return [
              ...intervals(
                group.map((one) => ({ x: x(one), low: one.net.difference.low, high: one.net.difference.high })),
                colour,
              ),
              marks(
                clipText(clip),
                group.map((one) => ({ x: x(one), y: one.net.difference.estimate })),
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

/** `does worse after 3 of 4 changes`. */
function answer(group: readonly Contrast[]): string {
  const told = group.filter(({ net }) => isTold(net));
  const count = (sign: number) => told.filter(({ net }) => Math.sign(net.difference.estimate) === sign).length;
  const parts = [
    ...(count(-1) > 0 ? [`does worse after ${count(-1)}`] : []),
    ...(count(1) > 0 ? [`does better after ${count(1)}`] : []),
  ];
  return parts.length === 0 ? "makes no difference beyond chance" : `${listText(parts)} of ${group.length} changes`;
}
