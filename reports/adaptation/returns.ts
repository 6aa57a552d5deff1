import { colours, seriesColours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { band, line, upright } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number, seedsText } from "../parts/text.js";
import { overSeeds, type Window, windowMeans } from "../parts/windows.js";
import { type CartpoleRun, cartpoleNeeds, type Phase, phases, reference, rhoOf } from "./cartpole.js";
import { episodesOf } from "./tables.js";

/** CartPole's return over time. */
export const returns = experiment({
  needs: { cartpole: cartpoleNeeds },
  async find({ cartpole: { runs, seeds } }) {
    const curves = await returnCurves(runs);
    return {
      verdicts: [],
      sections: [
        {
          heading: "CartPole's return around the jumps",
          figure: figure(curves, phases(runs[0].config).slice(1), seeds.length),
          content: [
            "The environment's parameter jumps on the lifetime clock, which no reset touches; nothing tells the agent.",
          ],
        },
      ],
    };
  },
});

/** Returns over time for one ρ: mean and quartiles over the seeds of the episodes that ended in each window of steps. */
export interface ReturnCurve {
  readonly rho: number;
  readonly points: readonly Window[];
}

export async function returnCurves(runs: readonly CartpoleRun[], windows = 60): Promise<ReturnCurve[]> {
  return Promise.all(
    [...groupBy(runs, rhoOf)].map(async ([rho, group]) => {
      const { steps } = group[0].config;
      const seeds = await Promise.all(
        group.map(async (run) => {
          const episodes = await episodesOf(run);
          return windowMeans(episodes.step, episodes.return, steps, windows);
        }),
      );
      return { rho, points: overSeeds(seeds, steps) };
    }),
  );
}

/** The mean return in the windows before and after a jump, the lowest and the highest over the values of ρ. */
function changesText(curves: readonly ReturnCurve[], jumps: readonly Phase[]): string {
  return jumps
    .map(({ at }) => {
      const means = (side: (points: readonly Window[]) => Window | undefined) =>
        curves.flatMap(({ points }) => side(points)?.mean ?? []);
      const before = means((points) => points.findLast(({ step }) => step <= at));
      const after = means((points) => points.find(({ step }) => step > at));
      const range = (values: readonly number[]) =>
        `${number(Math.min(...values), 3)}–${number(Math.max(...values), 3)}`;
      return `${range(before)} to ${range(after)}`;
    })
    .join(", then ");
}

/** The return over time for every ρ, with the jumps marked. */
function figure(curves: readonly ReturnCurve[], jumps: readonly Phase[], seeds: number): Figure {
  const curve = (points: readonly Window[], field: "mean" | "low" | "high") =>
    points.map((point) => ({ x: point.step, y: point[field] }));
  const last = Math.max(...curves.flatMap(({ points }) => points.map(({ step }) => step)));
  return {
    file: "cartpole-return.png",
    title: `CartPole: around the jumps the return goes from ${changesText(curves, jumps)}`,
    caption: `Mean return of the episodes that ended in each window, over ${seedsText(seeds)}; shaded from the lower to the upper quartile of the seeds. Dashed lines mark the jumps (${jumps.map(({ at, label }) => `${label} at ${number(at, 6)}`).join(", ")}), dotted the return that counts as recovered. In the title: the lowest and the highest over ρ, in the windows before and after each jump.`,
    columns: 1,
    panelWidth: 1250,
    panelHeight: 620,
    panels: [
      {
        title: "Return by environment step",
        x: { title: "environment steps, all copies together", min: 0 },
        y: { title: "return per episode (highest possible: 500)", min: 0, max: 500 },
        series: [
          ...curves.map(({ rho, points }, i) => line(`ρ = ${rho}`, curve(points, "mean"), seriesColours[i])),
          ...jumps.map(({ at }, i) =>
            upright(i === 0 ? "jump" : "", at, 0, 500, colours.black, { dash: [7, 5], width: 1.5 }),
          ),
          line(
            "recovered",
            [0, last].map((x) => ({ x, y: reference })),
            colours.grey,
            { dash: [2, 4], width: 1.5 },
          ),
          ...curves.map(({ points }, i) => band(curve(points, "low"), curve(points, "high"), seriesColours[i])),
        ],
      },
    ],
  };
}
