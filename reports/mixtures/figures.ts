import { type modesOverTime, perfect } from "../game/measures.js";
import { type Picture, samplesPanel, surfacePanel } from "../game/picture.js";
import { number } from "../markdown.js";
import type { Figure } from "../png.js";
import { band, chart, colours, cycle, line, logarithmicBounds, marks, type Series } from "../theme.js";
import type { Row } from "./measures.js";

/** A finished GAN under a name. */
export interface Shown {
  readonly name: string;
  readonly picture: Picture;
}

/** The recipe's samples and decision surfaces, a column for each target. */
export function recipeSamples(shown: readonly Shown[], seed: number): Figure {
  return {
    file: "recipe-samples.png",
    title: "The recipe: what generator and discriminator have learnt",
    caption: `Seed ${seed}. Above: 1000 samples of the generator as it is, without averaging, over as many points of the data. Below: the discriminator; white where it cannot tell real from generated.`,
    columns: shown.length,
    panelWidth: 480,
    panelHeight: 510,
    panels: [
      ...shown.map(({ name, picture }) => samplesPanel(name, picture)),
      ...shown.map(({ name, picture }) => surfacePanel(name, picture)),
    ],
  };
}

type OverTime = Awaited<ReturnType<typeof modesOverTime>>;

/** Modes and quality over time, mean and range over the seeds. */
export function recipeCourse(
  groups: readonly { readonly name: string; readonly modes: number; readonly time: OverTime }[],
  seeds: number,
): Figure {
  const panel = (title: string, axis: string, values: (row: OverTime[number]) => [number, number, number]) => {
    const curves = groups.flatMap(({ name, modes, time }, i) => {
      const factor = title.startsWith("Modes") ? 100 / modes : 100;
      const curve = (k: number) => time.map((row) => ({ x: row.step, y: factor * values(row)[k] }));
      return [...band(curve(0), curve(2), cycle[i]), line(name, curve(1), cycle[i])];
    });
    return chart(title, { title: "training step", min: 0 }, { title: axis, min: 0, max: 100 }, curves);
  };
  return {
    file: "recipe-course.png",
    title: "The recipe: modes and quality while the learning rate falls",
    caption: `Mean over ${seeds} ${seeds === 1 ? "seed" : "seeds"}, shaded from the lowest to the highest; the generator as it is, 2048 samples at each point. Most of the quality comes at the end, when the learning rate goes to zero.`,
    columns: 2,
    panelWidth: 760,
    panelHeight: 500,
    panels: [
      panel("Modes covered", "share of the target's modes (%)", ({ fewest, modes, most }) => [fewest, modes, most]),
      panel("High-quality samples", "share within 3σ of a mode (%)", ({ lowest, highQuality, highest }) => [
        lowest,
        highQuality,
        highest,
      ]),
    ],
  };
}

/** A row of marks for each optimizer, the first on top: its seeds and their mean. */
function perOptimizer(
  rows: readonly Row[],
  title: string,
  axis: Parameters<typeof chart>[1],
  values: (row: Row) => readonly number[],
  meanOf: (row: Row) => number,
  more: (rows: number) => Series[] = () => [],
): Figure["panels"][number] {
  const height = (i: number) => rows.length - 1 - i;
  const names = rows.map(({ optimizer }) => optimizer).reverse();
  // Ends a whole number of steps apart would be ticks themselves.
  const words = { title: "", min: -0.6, max: rows.length - 0.4, stepSize: 1, openEnds: true, labels: names };
  return chart(title, axis, words, [
    marks(
      "one seed",
      rows.flatMap((row, i) => values(row).map((x) => ({ x, y: height(i) }))),
      colours.grey,
      { radius: 3.5 },
    ),
    marks(
      "mean over the seeds",
      rows.map((row, i) => ({ x: meanOf(row), y: height(i) })),
      colours.blue,
      { radius: 7 },
    ),
    ...more(rows.length),
  ]);
}

/** The share of high-quality samples under each optimizer, a panel for each target. */
export function optimizerQuality(games: readonly (readonly Row[])[]): Figure {
  const upright = (label: string, at: number, rows: number, colour: string, dash: number[]) =>
    line(
      label,
      [
        { x: at, y: -0.6 },
        { x: at, y: rows - 0.4 },
      ],
      colour,
      { dash },
    );
  return {
    file: "optimizers-quality.png",
    title: "The same recipe under other optimizers",
    caption: `Share of the generator's samples within 3σ of a mode, without averaging. Dashed: the bar that the recipe is to reach; dotted: the ${number(100 * perfect.highQuality)} % of a perfect generator.`,
    columns: games.length,
    panelWidth: 560,
    panelHeight: 440,
    panels: games.map((rows) =>
      perOptimizer(
        rows,
        rows[0].game,
        { title: "high-quality samples (%)", min: 0, max: 100 },
        ({ highQualityOfSeeds }) => highQualityOfSeeds.map((share) => 100 * share),
        ({ raw }) => 100 * raw.highQuality.estimate,
        (count) => [
          upright("the bar", 100 * rows[0].bar.highQuality, count, colours.vermillion, [7, 5]),
          upright("perfect", 100 * perfect.highQuality, count, colours.black, [2, 4]),
        ],
      ),
    ),
  };
}

/** Chatter and slow cycle of the generator's mean under each optimizer. */
export function optimizerMotion(games: readonly (readonly Row[])[]): Figure {
  const panels = (["chatter", "slowCycle"] as const).flatMap((band) =>
    games.map((rows) => {
      const found = rows.map((row) => row.motionOfSeeds[band]);
      const axis = {
        title: "amplitude (data units)",
        scale: "logarithmic" as const,
        ...logarithmicBounds(found.flat()),
      };
      const what = band === "chatter" ? "chatter (periods below 4 steps)" : "slow cycle (above 50 steps)";
      return perOptimizer(
        rows,
        `${rows[0].game}: ${what}`,
        axis,
        (row) => row.motionOfSeeds[band],
        (row) => row[band].estimate,
      );
    }),
  );
  return {
    file: "optimizers-motion.png",
    title: "How the generator moves under each optimizer",
    caption:
      "Amplitudes of the generator's mean over the last half of the run, in which the learning rate falls from half of its value to zero. First the chatter of the normalised step, then the slow cycle of the game.",
    columns: Math.max(2, games.length),
    panelWidth: 560,
    panelHeight: 420,
    panels,
  };
}

/** What each optimizer's generator draws on one target. */
export function optimizerSamples(shown: readonly Shown[], game: string, seed: number): Figure {
  return {
    file: "optimizers-samples.png",
    title: `${game}: samples under each optimizer`,
    caption: `Seed ${seed}; 1000 samples of the generator as it is, without averaging, over as many points of the data.`,
    columns: 3,
    panelWidth: 480,
    panelHeight: 510,
    panels: shown.map(({ name, picture }) => samplesPanel(name, picture)),
  };
}
