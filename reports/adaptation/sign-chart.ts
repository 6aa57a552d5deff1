import type { Interval } from "../../src/stats/index.js";
import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { intervals, line, marks, type Panel } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import type { Contrast, Turn } from "./cartpole-measures.js";
import { clipText } from "./cartpole-runs.js";
import { isTold } from "./overview.js";

const styles = [
  { colour: colours.vermillion, shape: "triangle" },
  { colour: colours.blue, shape: "circle" },
] as const;

/** What a long memory does to the score, and to the score net of no change, by change and clip, with intervals. */
export function signChart(all: readonly Contrast[], turned: readonly Turn[]): Figure {
  const [{ short, long }] = all;
  return {
    file: "cartpole-signs.png",
    title: titleOf(all, turned),
    caption: `Mean episode length after the change at ρ = ${long.rho} minus at ρ = ${short.rho}, each at its tuned learning rate, with 95 % intervals over ${short.seeds.length} seeds; below minus that of the same agent without a change, so that a memory which is better all the time adapts no better for that. Above zero the long memory does better; the title counts what is beyond chance by Holm's method.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 430,
    panels: [
      panel("Score after the change", all, ({ plain }) => plain.difference),
      panel("Net of no change", all, ({ net }) => net.difference),
    ],
  };
}

function titleOf(all: readonly Contrast[], turned: readonly Turn[]): string {
  const [{ short, long }] = all;
  const clips = [...groupBy(all, ({ clip }) => clip)];
  const what = `CartPole's long memory (ρ = ${long.rho} against ${short.rho})`;
  const each = clips.map(
    ([clip, group]) => `${answer(group)} ${clip === null ? "without clipping" : `with clipping at ${number(clip)}`}`,
  );
  const up = turned.filter(({ gained }) => isTold(gained) && gained.difference.estimate > 0).length;
  const gains = up === 0 ? "" : `; the clip raises what it scores${among(up, turned.length)}`;
  return `${what} ${each.join(", and ")}${gains}`;
}

function panel(title: string, all: readonly Contrast[], of: (one: Contrast) => Interval): Panel {
  const changes = [...new Set(all.map(({ change }) => change))];
  const clips = [...groupBy(all, ({ clip }) => clip)];
  const [left, right] = [-0.5, changes.length - 0.5];
  return {
    title,
    x: { title: "change", min: left, max: right + 0.01, stepSize: 1, labels: changes, openEnds: true },
    y: { title: "long − short memory (steps of an episode)" },
    series: [
      line(
        "",
        [left, right].map((x) => ({ x, y: 0 })),
        colours.grey,
        { dash: [6, 5] },
      ),
      ...clips.flatMap(([clip, group], k) => {
        const { colour, shape } = styles[k % styles.length];
        const found = group.map((one) => ({
          x: changes.indexOf(one.change) + 0.16 * (k - (clips.length - 1) / 2),
          ...of(one),
        }));
        return [
          ...intervals(found, colour),
          marks(
            clipText(clip),
            found.map(({ x, estimate }) => ({ x, y: estimate })),
            colour,
            { shape, radius: 8 },
          ),
        ];
      }),
    ],
  };
}

/** `does worse after 3 of 4 changes`, by the score. */
function answer(group: readonly Contrast[]): string {
  const told = group.filter(({ plain }) => isTold(plain));
  const count = (sign: number) => told.filter(({ plain }) => Math.sign(plain.difference.estimate) === sign).length;
  const parts = [
    ...(count(-1) > 0 ? [`does worse${among(count(-1), group.length)}`] : []),
    ...(count(1) > 0 ? [`does better${among(count(1), group.length)}`] : []),
  ];
  return parts.length === 0 ? "makes no difference beyond chance" : listText(parts);
}

const among = (count: number, changes: number) => (changes === 1 ? "" : ` after ${count} of ${changes} changes`);
