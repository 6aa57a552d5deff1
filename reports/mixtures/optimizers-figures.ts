import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { perfect } from "../parts/game/motion.js";
import { pictureOf, samplesPanel } from "../parts/game/picture.js";
import { type Axis, logarithmicBounds, marks, type Panel, type Series, upright } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { gameOf, type MixtureRun, optimizerOf, type Row, reaches, steadiest } from "./rows.js";

/** A row of marks for each optimizer, the first on top: its seeds and their mean. */
function panelPerOptimizer(
  rows: readonly Row[],
  title: string,
  axis: Axis,
  valuesOf: (row: Row) => { readonly seeds: readonly number[]; readonly mean: number },
  more: readonly Series[] = [],
): Panel {
  const height = (i: number) => rows.length - 1 - i;
  const seeds = rows.flatMap((row, i) => valuesOf(row).seeds.map((x) => ({ x, y: height(i) })));
  const means = rows.map((row, i) => ({ x: valuesOf(row).mean, y: height(i) }));
  return {
    title,
    x: axis,
    y: { title: "", ...heights(rows), stepSize: 1, openEnds: true, labels: rows.map((row) => row.optimizer).reverse() },
    series: [
      marks("one seed", seeds, colours.grey, { radius: 3.5 }),
      marks("mean over the seeds", means, colours.blue, { radius: 7 }),
      ...more,
    ],
  };
}

/** Ends a whole number of steps apart would be ticks themselves. */
const heights = ({ length }: readonly Row[]) => ({ min: -0.6, max: length - 0.4 });

/** The share of high-quality samples under each optimizer, a panel for each target. */
export function qualityFigure(games: readonly (readonly Row[])[]): Figure {
  const optimizers = [...groupBy(games.flat(), ({ optimizer }) => optimizer)];
  const reaching = optimizers.filter(([, rows]) => rows.every(reaches)).map(([name]) => name);
  return {
    file: "optimizers-quality.png",
    title: `The same recipe under other optimizers: ${reaching.length} of ${optimizers.length} reach the bars`,
    caption: `Share of the generator's samples within 3σ of a mode, without averaging. Dashed: the bar that the recipe is to reach, also with all modes; dotted: the ${number(100 * perfect.highQuality)} % of a perfect generator. The bars are reached on every target by ${listText(reaching)}.`,
    columns: games.length,
    panelWidth: 560,
    panelHeight: 440,
    panels: games.map((rows) => {
      const { min, max } = heights(rows);
      const bar = (label: string, share: number, colour: string, dash: number[]) =>
        upright(label, 100 * share, min, max, colour, { dash });
      return panelPerOptimizer(
        rows,
        rows[0].game,
        { title: "high-quality samples (%)", min: 0, max: 100 },
        ({ highQualityOfSeeds, raw }) => ({
          seeds: highQualityOfSeeds.map((share) => 100 * share),
          mean: 100 * raw.highQuality.estimate,
        }),
        [
          bar("the bar", rows[0].bar.highQuality, colours.vermillion, [7, 5]),
          bar("perfect", perfect.highQuality, colours.black, [2, 4]),
        ],
      );
    }),
  };
}

const motions = { chatter: "chatter (periods below 4 steps)", slowCycle: "slow cycle (above 50 steps)" } as const;

/** Chatter and slow cycle of the generator's mean under each optimizer. */
export function motionFigure(games: readonly (readonly Row[])[]): Figure {
  const panel = (rows: readonly Row[], motion: keyof typeof motions) =>
    panelPerOptimizer(
      rows,
      `${rows[0].game}: ${motions[motion]}`,
      {
        title: "amplitude (data units)",
        scale: "logarithmic",
        ...logarithmicBounds(rows.flatMap(({ motionOfSeeds }) => motionOfSeeds[motion])),
      },
      (row) => ({ seeds: row.motionOfSeeds[motion], mean: row[motion].estimate }),
    );
  const least = games.flatMap((rows) => steadiest(rows) ?? []);
  return {
    file: "optimizers-motion.png",
    title: `The generator chatters least under ${listText(least.map(({ game, optimizer }) => `${optimizer} (${game})`))}`,
    caption:
      "Amplitudes of the generator's mean over the last half of the run. First the chatter of the normalised step, then the slow cycle of the game.",
    columns: Math.max(2, games.length),
    panelWidth: 560,
    panelHeight: 420,
    panels: [...games.map((rows) => panel(rows, "chatter")), ...games.map((rows) => panel(rows, "slowCycle"))],
  };
}

/** The samples of each optimizer's generator on one target, of one seed. */
export async function samplesFigure(runs: readonly MixtureRun[]): Promise<Figure> {
  const panels = await Promise.all(runs.map(async (run) => samplesPanel(optimizerOf(run), await pictureOf(run))));
  return {
    file: "optimizers-samples.png",
    title: `${gameOf(runs[0])}: samples under each optimizer`,
    caption: `Seed ${runs[0].seed}; 1000 samples of the generator as it is, without averaging, over as many points of the data.`,
    columns: 3,
    panelWidth: 480,
    panelHeight: 510,
    panels,
  };
}
