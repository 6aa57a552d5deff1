import { seriesColours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { type Coverage, coverageOverTime, perfect } from "../parts/game/motion.js";
import { type Picture, pictureOf, samplesPanel, surfacePanel } from "../parts/game/picture.js";
import { band, line, type Panel } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number, seedsText } from "../parts/text.js";
import {
  barOf,
  cell,
  gameOf,
  type MixtureRun,
  mixtureNeeds,
  modesText,
  qualityCells,
  qualityHeader,
  type Row,
  reaches,
  rowsOf,
  surelyReaches,
} from "./rows.js";

/** Of the recipe as it was found; a shorter study does not do it justice. */
const recipeSteps = 30_000;

/** One recipe for the 2D GAN on several mixtures of Gaussians. */
export const recipe = experiment({
  needs: { recipe: mixtureNeeds },
  async find({ recipe: { runs, seeds } }) {
    const rows = rowsOf(runs);
    const { steps } = runs[0].config;
    const length = steps < recipeSteps ? `, where the recipe has ${number(recipeSteps)}: the bars are for those` : "";
    const courses = await Promise.all([...groupBy(runs, gameOf)].map(courseOf));
    return {
      verdicts: [...barVerdicts(rows, steps), averagingVerdict(rows)],
      sections: [
        {
          heading: "The recipe",
          figure: await samplesFigure(runs, seeds[0], rows),
          content: [
            `Mean and 95 % interval (Student's t) over the seeds, where there are several; ${number(steps)} steps${length}.`,
            table(rows),
          ],
        },
        {
          heading: "The recipe over time",
          figure: courseFigure(courses, seeds.length),
          content: ["The quality is that of every twentieth part of the run."],
        },
      ],
    };
  },
});

function barVerdicts(all: readonly Row[], steps: number): Verdict[] {
  const short = steps < recipeSteps ? `After ${number(steps)} of ${number(recipeSteps)} steps. ` : "";
  return [...groupBy(all, ({ bar }) => barText(bar))].map(([text, rows]) => {
    const raw = rows.every((row) => surelyReaches(row, "raw"));
    const either = rows.every((row) => surelyReaches(row, "raw") || surelyReaches(row, "averaged"));
    return {
      claim: `The recipe covers ${text}: ${rows.map(({ game }) => game).join(" and ")}.`,
      verdict: raw ? "true" : either ? "depends" : rows.every(reaches) ? "not distinguishable" : "false",
      because: `${short}${either && !raw ? "Surely so by the average of the generator's weights, not by the generator as it is. " : ""}${rows.map(reachedText).join("; ")}; ${seedsText(rows[0].seeds)}, ceiling ${number(100 * perfect.highQuality)} %.`,
    };
  });
}

const barText = ({ modes, highQuality }: Row["bar"]) =>
  `all ${modes} modes with at least ${number(100 * highQuality)} % of its samples of high quality`;

const reachedText = (row: Row) =>
  `${row.game}: ${modesText(row)} modes, ${cell(row.raw.highQuality, row.seeds, 4, 100)} % (averaged ${cell(row.averaged.highQuality, row.seeds, 4, 100)} %)`;

function averagingVerdict(all: readonly Row[]): Verdict {
  const better = all.every(({ gain }) => gain.highQuality.low > 0);
  const narrower = all.every(({ gain }) => gain.spread.high < 0);
  const text = ({ game, seeds, gain, raw, averaged }: Row) =>
    `${game}: ${cell(gain.highQuality, seeds, 2, 100)} points of high quality, the spread within the modes goes from ${number(raw.spread.estimate, 2)} to ${number(averaged.spread.estimate, 2)} σ`;
  return {
    claim: "Averaging the generator's weights brings its samples closer to the data.",
    verdict: better ? (narrower ? "depends" : "true") : "not distinguishable",
    because: `Averaged less raw, seed by seed. ${all.map(text).join("; ")}. A perfect generator has ${number(perfect.spread, 3)} σ${narrower ? ": the average draws the modes too narrow" : ""}.`,
  };
}

/** The samples and decision surfaces of one seed, a column for each target. */
async function samplesFigure(runs: readonly MixtureRun[], seed: number, rows: readonly Row[]): Promise<Figure> {
  const chosen = runs.filter((run) => run.seed === seed);
  const shown = await Promise.all(
    chosen.map(async (run): Promise<[string, Picture]> => [gameOf(run), await pictureOf(run)]),
  );
  const covered = listText(rows.map(modesText));
  return {
    file: "recipe-samples.png",
    title: `The recipe covers ${covered} modes`,
    caption: `Modes are those of all seeds. Pictures: seed ${seed}. Above: 1000 samples of the generator as it is, without averaging, over as many points of the data. Below: the discriminator; white where it cannot tell real from generated.`,
    columns: shown.length,
    panelWidth: 480,
    panelHeight: 510,
    panels: [
      ...shown.map(([name, picture]) => samplesPanel(name, picture)),
      ...shown.map(([name, picture]) => surfacePanel(name, picture)),
    ],
  };
}

/** One target over time. */
interface Course {
  readonly name: string;
  readonly modes: number;
  readonly coverage: readonly Coverage[];
}

async function courseOf([name, runs]: readonly [string, readonly MixtureRun[]]): Promise<Course> {
  return { name, modes: barOf(runs[0]).modes, coverage: await coverageOverTime(runs) };
}

const shareText = (row: Coverage | undefined) => number(100 * (row?.highQuality ?? Number.NaN), 3);

/** The high-quality share in the middle of the run and at its end, target by target. */
function middleAndEndText(courses: readonly Course[]): string {
  return courses
    .map(({ name, coverage }) => {
      // Runs that diverge early have no coverage at all.
      const [middle, end] = [coverage.at(Math.floor((coverage.length - 1) / 2)), coverage.at(-1)];
      return `${name}: ${shareText(middle)} % after ${number(middle?.step)} steps, ${shareText(end)} % after ${number(end?.step)}`;
    })
    .join("; ");
}

/** Modes and quality over time, mean and range over the seeds. */
function courseFigure(courses: readonly Course[], seeds: number): Figure {
  const shares = courses.map(({ coverage }) => shareText(coverage.at(-1)));
  return {
    file: "recipe-course.png",
    title: `The recipe ends with ${listText(shares)} % of high quality`,
    caption: `Mean over ${seedsText(seeds)}, shaded from the lowest to the highest; the generator as it is, 2048 samples at each point. High-quality samples: ${middleAndEndText(courses)}.`,
    columns: 2,
    panelWidth: 760,
    panelHeight: 500,
    panels: [
      coursePanel("Modes covered", "share of the target's modes (%)", courses, ["fewest", "modes", "most"], true),
      coursePanel("High-quality samples", "share within 3σ of a mode (%)", courses, [
        "lowest",
        "highQuality",
        "highest",
      ]),
    ],
  };
}

function coursePanel(
  title: string,
  axis: string,
  courses: readonly Course[],
  [low, middle, high]: readonly [keyof Coverage, keyof Coverage, keyof Coverage],
  ofModes = false,
): Panel {
  const series = courses.flatMap(({ name, modes, coverage }, i) => {
    const factor = ofModes ? 100 / modes : 100;
    const curve = (field: keyof Coverage) => coverage.map((row) => ({ x: row.step, y: factor * row[field] }));
    return [band(curve(low), curve(high), seriesColours[i]), line(name, curve(middle), seriesColours[i])];
  });
  return { title, x: { title: "training step", min: 0 }, y: { title: axis, min: 0, max: 100 }, series };
}

function table(all: readonly Row[]): Table {
  return {
    header: ["target", "seeds", "modes", ...qualityHeader, "chatter", "slow cycle"],
    rows: all.map((row) => [
      row.game,
      String(row.seeds),
      modesText(row),
      ...qualityCells(row),
      cell(row.chatter, row.seeds),
      cell(row.slowCycle, row.seeds),
    ]),
  };
}
