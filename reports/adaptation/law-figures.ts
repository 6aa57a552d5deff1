import { memory } from "../../src/theory/rmsprop-response.js";
import { seriesColours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { intervals, line, logarithmicBounds, marks, type Panel } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import type { Recovery } from "./law-measures.js";

const shapes = ["circle", "triangle", "rect", "crossRot"] as const;
const dashes = [[], [10, 5], [4, 4], [12, 4, 3, 4]] as const;

/** The time to recover against the memory, a curve for each scale; kept on the left, reset on the right. */
export function memoryFigure(all: readonly Recovery[]): Figure {
  const now = all.filter(({ delay }) => delay === 0);
  const slowest = now.reduce((a, b) => (b.median > a.median ? b : a));
  const fastest = now.reduce((a, b) => (b.median < a.median ? b : a));
  return {
    file: "law.png",
    title: `Recovery takes ${number(fastest.median)} to ${number(slowest.median)} updates, by memory and change${resetText(now)}`,
    caption: `REINFORCE on a continuous bandit: updates until half of the learners have followed a target that moved by 3σ, when the reward was rescaled at the same moment. Curves: mean field; marks: medians with 95 % intervals. Left v is kept, right reset when the target moves.`,
    columns: 2,
    panelWidth: 760,
    panelHeight: 620,
    panels: [
      panel(
        "v kept",
        now.filter(({ reset }) => !reset),
        now,
      ),
      panel(
        "v reset",
        now.filter(({ reset }) => reset),
        now,
      ),
    ],
  };
}

/** `; with v reset 152 to 208, whatever the change`: only where a reset makes the changes alike. */
function resetText(now: readonly Recovery[]): string {
  const some = now.filter(({ reset }) => reset);
  const spreads = [...groupBy(some, ({ rho }) => rho).values()].map((group) => {
    const medians = group.map(({ median }) => median);
    return Math.max(...medians) / Math.min(...medians);
  });
  const medians = some.map(({ median }) => median);
  const range = `${number(Math.min(...medians))} to ${number(Math.max(...medians))}`;
  if (some.length === 0 || medians.some(Number.isNaN)) return "";
  return Math.max(...spreads) < 1.1 ? `; with v reset ${range}, whatever the change` : `; with v reset ${range}`;
}

function panel(title: string, some: readonly Recovery[], all: readonly Recovery[]): Panel {
  const groups = [...groupBy(some, ({ scale }) => scale)].sort(([a], [b]) => b - a);
  return {
    title,
    x: {
      title: "memory 1/(1 − ρ) (updates)",
      scale: "logarithmic",
      ...logarithmicBounds(all.map(({ rho }) => memory(rho))),
    },
    y: {
      title: "updates to recover, median",
      scale: "logarithmic",
      ...logarithmicBounds(all.flatMap(({ median, predicted }) => [median, predicted])),
    },
    series: groups.flatMap(([scale, group], i) => {
      const sorted = [...group].sort((a, b) => a.rho - b.rho);
      const at = (field: "median" | "predicted") => sorted.map((one) => ({ x: memory(one.rho), y: one[field] }));
      const bars = sorted.map(({ rho, low, high }) => ({ x: memory(rho), low, high }));
      return [
        line("", at("predicted"), seriesColours[i], { dash: dashes[i % 4] }),
        ...intervals(bars, seriesColours[i]),
        marks(`reward × ${number(scale)} (κ = ${number(sorted[0].kappa, 2)})`, at("median"), seriesColours[i], {
          shape: shapes[i % 4],
          radius: 6,
        }),
      ];
    }),
  };
}

/** The time to recover against the delay between the fall of the scale and the move of the target, a curve for each ρ. */
export function delayFigure(all: readonly Recovery[]): Figure {
  const scale = Math.min(...all.map((one) => one.scale));
  const some = all.filter((one) => one.scale === scale && !one.reset);
  const long = some.filter(({ rho }) => rho === Math.max(...some.map((one) => one.rho)));
  const [first, last] = [long[0], long[long.length - 1]];
  const zero = Math.min(...some.filter(({ delay }) => delay > 0).map(({ delay }) => delay)) / 4;
  return {
    file: "law-delay.png",
    title: `Waiting ${number(last.delay)} updates takes recovery at ρ = ${last.rho} from ${number(first.median)} to ${number(last.median)} updates`,
    caption: `The reward is scaled by ${number(scale)} first, and the target moves later. Curves: mean field; marks: medians with 95 % intervals. No delay is drawn at the left edge.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 620,
    panels: [
      {
        title: `Reward × ${number(scale)}, v kept`,
        x: {
          title: "updates from the fall of the scale to the move of the target",
          scale: "logarithmic",
          min: zero / 1.3,
        },
        y: {
          title: "updates to recover, median",
          scale: "logarithmic",
          ...logarithmicBounds(some.flatMap(({ median, predicted }) => [median, predicted])),
        },
        series: [...groupBy(some, ({ rho }) => rho)].flatMap(([rho, group], i) => {
          const sorted = [...group].sort((a, b) => a.delay - b.delay);
          const x = ({ delay }: Recovery) => Math.max(delay, zero);
          const at = (field: "median" | "predicted") => sorted.map((one) => ({ x: x(one), y: one[field] }));
          return [
            line("", at("predicted"), seriesColours[i], { dash: dashes[i % 4] }),
            ...intervals(
              sorted.map((one) => ({ x: x(one), low: one.low, high: one.high })),
              seriesColours[i],
            ),
            marks(`ρ = ${rho}`, at("median"), seriesColours[i], { shape: shapes[i % 4], radius: 6 }),
          ];
        }),
      },
    ],
  };
}
