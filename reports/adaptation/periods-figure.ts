import { log } from "../../src/math/elementary/logarithm.js";
import { mean } from "../../src/stats/index.js";
import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { intervals, line, marks, type Panel } from "../parts/panel.js";
import { number } from "../parts/text.js";
import type { RegretMap, Ridge } from "./periods-measures.js";

export interface MappedRidge {
  readonly map: RegretMap;
  readonly ridge: Ridge;
}

export const kindText = { flips: "force flips", sine: "force swings as a sine" } as const;
export const mapText = ({ kind, clip }: Pick<RegretMap, "kind" | "clip">) =>
  `${kindText[kind]}, ${clip === null ? "no clipping" : `clipped at ${number(clip)}`}`;

/** Regret over period and memory, a map for each change and clip, with its ridge beside the textbook's. */
export function periodsFigure(all: readonly MappedRidge[], title: string): Figure {
  const seeds = all[0].map.cells[0][0].regrets.length;
  return {
    file: "periods.png",
    title,
    caption: `Regret (500 minus the return of an episode) in the second half of each run, mean over ${seeds} seeds, each condition at its tuned learning rate. Colour: how much more than at that period's best memory, from none (blue) to the panel's most (white). Rings: the best memory; bars: all memories that are the best in at least one of twenty resamples of the seeds. Dashed: memory = period, as the textbook has it, where it lies in the panel.`,
    columns: 2,
    panelWidth: 800,
    panelHeight: 560,
    panels: all.map(panel),
  };
}

function panel({ map, ridge }: MappedRidge): Panel {
  const { periods, memories, cells } = map;
  const excess = cells.map((row) => {
    const means = row.map(({ regrets }) => mean(regrets));
    return means.map((value) => value - Math.min(...means));
  });
  const most = Math.max(...excess.flat());
  return {
    title: `${mapText(map)}\nup to ${number(most, 3)} more regret than at the best memory`,
    x: axis(
      "period (environment steps)",
      periods.map((period) => number(period, 6)),
    ),
    y: axis(
      "memory (environment steps)",
      memories.map((value, k) => `${number(value, 3)} (ρ = ${cells[0][k].rho})`),
    ),
    series: [
      line(
        "memory = period",
        periods.map((period, x) => ({ x, y: placeOf(memories, period) })),
        colours.black,
        { dash: [7, 5] },
      ),
      marks(
        "best memory",
        ridge.best.map((y, x) => ({ x, y })),
        colours.vermillion,
        { shape: "ring", radius: 11 },
      ),
      ...intervals(
        ridge.shares.map((shares, x) => {
          const likely = shares.flatMap((share, k) => (share >= 0.05 ? [k] : []));
          return { x, low: Math.min(...likely), high: Math.max(...likely) };
        }),
        colours.vermillion,
      ),
    ],
    heat: {
      x: cells.flatMap((row, x) => row.map(() => x)),
      y: cells.flatMap((row) => row.map((_, y) => y)),
      value: excess.flat().map((value) => (most === 0 ? 1 : 1 - value / most)),
      colours: "share",
    },
  };
}

/** Where a value lies among ascending ones, in places from 0, between two by logarithms; NaN outside of them. */
function placeOf(ascending: readonly number[], value: number): number {
  const above = ascending.findIndex((one) => one >= value);
  if (above === 0) return ascending[0] === value ? 0 : Number.NaN;
  if (above < 0) return Number.NaN;
  const [low, high] = [ascending[above - 1], ascending[above]];
  return above - 1 + log(value / low) / log(high / low);
}

const axis = (title: string, labels: readonly string[]) => ({
  ...{ title, labels, min: -0.5, max: labels.length - 0.49, stepSize: 1, openEnds: true },
});
