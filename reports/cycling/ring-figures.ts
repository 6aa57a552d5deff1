import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import { bands } from "../../src/theory/bands.js";
import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { type Coverage, oscillations, perfect } from "../parts/game/motion.js";
import { occupancyPanel } from "../parts/game/occupancy.js";
import { line, logarithmicBounds, marks, type Point, upright } from "../parts/panel.js";
import { groupBy, points } from "../parts/select.js";
import { listText, number, seedsText } from "../parts/text.js";
import { labelOf, type RingCourse, type RingRow, roundCount } from "./ring-rows.js";

/** The row in which a number is largest. */
const largest = (rows: readonly RingRow[], of: (row: RingRow) => number) =>
  rows.reduce((a, b) => (of(b) > of(a) ? b : a));

/** The curve of a seed; those that go round stand out from the others. */
const seedLine = (round: boolean, points: readonly Point[], label = "") =>
  round ? line(label, points, colours.vermillion, { width: 2.2 }) : line(label, points, colours.sky, { width: 1.2 });

/** A legend's two entries, once a panel. */
const seedLegend = [seedLine(true, [], "a seed that goes round"), seedLine(false, [], "one that does not")];

/** The generator's mean over time, a panel per optimizer, a curve per seed, on the same axes. */
export function meansFigure(courses: readonly RingCourse[], rows: readonly RingRow[], radius: number): Figure {
  const round = rows.filter((row) => roundCount(row) > 0);
  const extent = Math.ceil(
    courses.reduce(
      (most, { path }) => path.x.reduce((m, x) => Math.max(m, Number.isFinite(x) ? Math.abs(x) : 0), most),
      radius,
    ),
  );
  return {
    file: "ring-mean.png",
    title:
      round.length === 0
        ? "Ring GAN: the generator goes round under no optimizer"
        : `Ring GAN: the generator goes round with some seeds, ${listText(round.map((row) => `${roundCount(row)} of ${row.seeds.length} under ${row.optimizer}`))}`,
    caption: `The first coordinate of the generator's mean over 64 fixed latents, a curve for each of ${seedsText(rows[0].seeds.length)}, on the same axes. The ring's modes lie at distance ${number(radius)} from the origin, where the mean of a perfect generator stays. Going round: at least two turns one way over the last half of the run.`,
    columns: 3,
    panelWidth: 620,
    panelHeight: 400,
    panels: rows.map((row) => {
      const own = courses.filter(({ run }) => labelOf(run) === row.optimizer);
      return {
        title: row.optimizer,
        x: { title: "training step", min: 0, max: own[0].path.steps.length },
        y: { title: "mean x (data units)", min: -extent, max: extent },
        series: [...seedLegend, ...own.map(({ path }, i) => seedLine(row.round[i], points(path.steps, path.x, 1001)))],
      };
    }),
  };
}

/** The spectrum of each generator's mean, a panel per optimizer, a curve per seed. */
export function spectrumFigure(courses: readonly RingCourse[], rows: readonly RingRow[]): Figure {
  const curves = courses.map(({ run, path }) => ({ run, points: oscillations(path) }));
  const { min, max } = logarithmicBounds(curves.flatMap((curve) => curve.points.map(({ y }) => y)));
  const chattering = largest(rows, ({ chatter }) => chatter.estimate);
  const least = largest(rows, ({ chatter }) => -chatter.estimate);
  const edge = (label: string, at: number) => upright(label, at, min, max, colours.grey, { dash: [4, 5] });
  const byOptimizer = groupBy(curves, ({ run }) => labelOf(run));
  return {
    file: "ring-spectrum.png",
    title: `Ring GAN: most chatter under ${chattering.optimizer}, least under ${least.optimizer}`,
    caption:
      "Amplitude of the motion of the generator's mean over the last half of the run, less its straight drift, in twelfths of a decade of frequency, a curve for each seed; from three periods in the window upward. Left of the first dashed line the slow cycle's periods, right of the second chatter's.",
    columns: 3,
    panelWidth: 620,
    panelHeight: 400,
    panels: rows.map((row) => ({
      title: row.optimizer,
      x: { title: "frequency (cycles per step)", scale: "logarithmic", max: 0.5 },
      y: { title: "amplitude (data units)", scale: "logarithmic", min, max },
      series: [
        ...seedLegend,
        edge("periods of 50 and of 4 steps", bands.slowCycle.to),
        edge("", bands.chatter.from),
        ...(byOptimizer.get(row.optimizer) ?? []).map((curve, i) => seedLine(row.round[i], curve.points)),
      ],
    })),
  };
}

/** Modes covered and high-quality share over time, a line of cells per optimizer. */
export function coverageFigure(
  courses: readonly { readonly name: string; readonly coverage: readonly Coverage[] }[],
  rows: readonly RingRow[],
  modes: number,
): Figure {
  const covering = largest(rows, (row) => row.modes.estimate);
  const best = largest(rows, (row) => row.highQuality.estimate);
  const strips = (of: (row: Coverage) => number) =>
    courses.map(({ name, coverage }) => ({
      name,
      steps: coverage.map(({ step }) => step),
      shares: coverage.map(of),
    }));
  return {
    file: "ring-coverage.png",
    title: `Ring GAN: ${covering.optimizer} covers most modes (${number(covering.modes.estimate, 3)} of ${modes}), ${best.optimizer} draws best (${number(100 * best.highQuality.estimate, 3)} %)`,
    caption: `Mean over ${seedsText(rows[0].seeds.length)}; 2048 samples at each time. A mode is covered by a sample within 3σ of its centre; a perfect generator has ${number(100 * perfect.highQuality)} % of its samples there. The values at the end are in the table.`,
    columns: 2,
    panelWidth: 900,
    panelHeight: 520,
    panels: [
      occupancyPanel(
        `Modes covered, of ${modes}`,
        strips((row) => row.modes / modes),
        `all ${modes}`,
      ),
      occupancyPanel(
        "High-quality samples",
        strips((row) => row.highQuality),
        "100 %",
      ),
    ],
  };
}

/** The points that one optimizer's generator draws at the end. */
export interface RingSample {
  readonly optimizer: string;
  readonly seed: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly modes: number;
  readonly highQuality: number;
}

/** As many samples as a panel shows. */
const shownSamples = 700;

/** The generators' samples at the end, over the target's modes. */
export function samplesFigure(
  samples: readonly RingSample[],
  { modes, radius }: { readonly modes: number; readonly radius: number },
): Figure {
  const centres = Array.from({ length: modes }, (_, mode) => {
    const angle = (2 * Math.PI * mode) / modes;
    return { x: radius * cosine(angle), y: radius * sine(angle) };
  });
  const extent = 1.75 * radius;
  const drawn = samples.map(({ x, y }) => points(x, y).slice(0, shownSamples));
  const outside = drawn.flat().filter(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) > extent).length;
  const full = samples.filter((sample) => sample.modes === modes).length;
  const worst = samples.reduce((least, sample) => (sample.modes < least.modes ? sample : least));
  const axis = (title: string) => ({ title, min: -extent, max: extent, stepSize: radius });
  return {
    file: "ring-samples.png",
    title: `Ring GAN at the end: ${full} of the ${samples.length} runs shown draw all ${modes} modes, the fewest ${number(worst.modes)} (${worst.optimizer}, seed ${worst.seed})`,
    caption: `Seeds ${listText([...new Set(samples.map(({ seed }) => String(seed)))])}; ${shownSamples} samples of the generator as it is (no averaging), over the centres of the target's modes; below the optimizer how many modes are drawn, and the share of samples within 3σ of one. Beyond the frames: ${number((100 * outside) / (shownSamples * samples.length), 2)} % of the samples.`,
    columns: 6,
    panelWidth: 330,
    panelHeight: 400,
    panels: samples.map((sample, i) => ({
      title: `${sample.optimizer}\nseed ${sample.seed}: ${number(sample.modes)} of ${modes} modes, ${number(100 * sample.highQuality, 3)} %`,
      x: axis("x"),
      y: axis("y"),
      series: [
        marks("generated", drawn[i], colours.blue, { radius: 1.5 }),
        marks("target mode", centres, colours.orange, { radius: 8, shape: "crossRot" }),
      ],
    })),
  };
}
