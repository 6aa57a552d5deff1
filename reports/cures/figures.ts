import { mean } from "../../src/stats/index.js";
import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { occupancyPanel } from "../parts/game/occupancy.js";
import { type Axis, line, marks, type Panel, upright } from "../parts/panel.js";
import { listText, number, seedsText } from "../parts/text.js";
import { type Comparison, effectOf, type Measure, measures } from "./comparisons.js";
import type { CureRow, CureSeed } from "./rows.js";

/** One target's rows. */
export interface Target {
  readonly none: CureRow;
  readonly cures: readonly CureRow[];
  readonly modes: number;
}

const effectColours = {
  better: colours.green,
  worse: colours.vermillion,
  "not distinguishable": colours.grey,
} as const;

/** Names down the left side, the first on top. */
function namesAxis(names: readonly string[]): Axis {
  return { title: "", min: -1, max: names.length, stepSize: 1, openEnds: true, labels: [...names].reverse() };
}

/** Every cure's difference from none with its interval, a panel per target and measure. */
export function effectsFigure(comparisons: readonly Comparison[], targets: readonly Target[]): Figure {
  const better = (target: string) => [
    ...new Set(
      comparisons.filter((one) => one.target === target && effectOf(one) === "better").map(({ cure }) => cure),
    ),
  ];
  const said = targets.map(({ none }) => `${listText(better(none.target))} on the ${none.target}`);
  return {
    file: "cures-effects.png",
    title: `What helps beyond chance: ${said.join("; ")}`,
    caption: `Difference from the patient, mean over the seeds with its 95 % interval, paired by seed; colours by p-values adjusted by Holm over all ${comparisons.length} comparisons, at the 5 % level. ${seedsText(targets[0].none.seeds.length)} on the ${targets[0].none.target}, ${targets[1].none.seeds.length} on the ${targets[1].none.target}.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 640,
    panels: targets.flatMap(({ none, cures }) =>
      (Object.keys(measures) as Measure[]).map((measure) =>
        effectPanel(
          none.target,
          measure,
          cures.map(({ cure }) => cure),
          comparisons.filter((one) => one.target === none.target && one.measure === measure),
        ),
      ),
    ),
  };
}

function effectPanel(target: string, measure: Measure, names: readonly string[], own: readonly Comparison[]): Panel {
  const heightOf = (cure: string) => names.length - 1 - names.indexOf(cure);
  const kinds = ["better", "worse", "not distinguishable"] as const;
  return {
    title: `${target}: ${measures[measure].text}`,
    x: { title: "difference from the patient" },
    y: namesAxis(names),
    series: [
      upright("", 0, -1, names.length, colours.black, { width: 1, dash: [4, 5] }),
      ...own.map((one) =>
        line(
          "",
          [one.difference.low, one.difference.high].map((x) => ({ x, y: heightOf(one.cure) })),
          effectColours[effectOf(one)],
        ),
      ),
      ...kinds.map((kind) =>
        marks(
          kind,
          own
            .filter((one) => effectOf(one) === kind)
            .map((one) => ({ x: one.difference.estimate, y: heightOf(one.cure) })),
          effectColours[kind],
          { radius: 6 },
        ),
      ),
    ],
  };
}

/** The turns and the chatter of every seed, a panel per target and quantity. */
export function motionFigure(targets: readonly Target[]): Figure {
  const round = targets.map(({ none, cures }) => {
    const some = [none, ...cures].filter(({ seeds }) => seeds.some((seed) => seed.round)).map(({ cure }) => cure);
    return `${listText(some)} on the ${none.target}`;
  });
  return {
    file: "cures-motion.png",
    title: `Who goes round: ${round.join("; ")}`,
    caption:
      "A mark for each seed, over the last half of its run. Left: net turns of the generator's mean, straight drift taken off; red where it goes round, that is at least two turns and mostly one way. Right: its chatter, periods below 4 steps.",
    columns: 2,
    panelWidth: 820,
    panelHeight: 640,
    panels: targets.flatMap(({ none, cures }) => {
      const rows = [none, ...cures.filter(({ seeds }) => seeds.some(({ chatter }) => Number.isFinite(chatter)))];
      const at = (of: (seed: CureSeed) => number, keep: (seed: CureSeed) => boolean) =>
        rows.flatMap(({ seeds }, i) => seeds.filter(keep).map((seed) => ({ x: of(seed), y: rows.length - 1 - i })));
      const y = namesAxis(rows.map(({ cure }) => cure));
      return [
        {
          title: `${none.target}: turns`,
          x: { title: "turns over the last half" },
          y,
          series: [
            marks(
              "goes round",
              at(
                ({ turns }) => turns,
                ({ round }) => round,
              ),
              colours.vermillion,
              { radius: 6 },
            ),
            marks(
              "does not",
              at(
                ({ turns }) => turns,
                ({ round }) => !round,
              ),
              colours.sky,
              { radius: 4 },
            ),
          ],
        },
        {
          title: `${none.target}: chatter`,
          x: { title: "amplitude (data units)", scale: "logarithmic" },
          y,
          series: [
            marks(
              "one seed",
              at(
                ({ chatter }) => chatter,
                ({ chatter }) => chatter > 0,
              ),
              colours.blue,
              { radius: 4 },
            ),
          ],
        },
      ];
    }),
  };
}

/** The share of modes covered over time, a line of cells per cure, a panel per target. */
export function occupancyFigure(targets: readonly Target[]): Figure {
  const strips = ({ none, cures }: Target) =>
    [none, ...cures]
      .filter(({ seeds }) => seeds.some(({ occupancy }) => occupancy.length > 0))
      .map(({ cure, seeds }) => {
        const longest = seeds.reduce((a, b) => (b.occupancy.length > a.occupancy.length ? b : a)).occupancy;
        // A run that diverged covers nothing from then on.
        const shares = longest.map((_, k) => mean(seeds.map(({ occupancy }) => occupancy[k]?.share ?? 0)));
        return { name: cure, steps: longest.map(({ step }) => step), shares };
      });
  const endings = targets.map((target) => {
    const ends = strips(target).map(({ name, shares }) => ({ name, share: shares[shares.length - 1] ?? 0 }));
    const best = ends.reduce((a, b) => (b.share > a.share ? b : a));
    return `${best.name} on the ${target.none.target} (${number(best.share * target.modes, 3)} of ${target.modes})`;
  });
  return {
    file: "cures-modes.png",
    title: `Most modes at the end: ${listText(endings)}`,
    caption: "The share of the target's modes with a sample within 3σ of their centre, mean over the seeds.",
    columns: 2,
    panelWidth: 880,
    panelHeight: 640,
    panels: targets.map((target) =>
      occupancyPanel(`${target.none.target}: modes covered, of ${target.modes}`, strips(target), `all ${target.modes}`),
    ),
  };
}
