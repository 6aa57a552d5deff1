import { colours, seriesColours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { averageSpectrum, binnedSpectrum, type Coverage, type MeanPath, perfect } from "../parts/game/motion.js";
import { spectrumPanel } from "../parts/game/spectrum-panel.js";
import { band, line, marks, type Panel } from "../parts/panel.js";
import { points } from "../parts/select.js";
import { listText, number, seedsText } from "../parts/text.js";
import { goesRound, type RingRow } from "./ring-rows.js";

/** One optimizer over time. */
export interface RingCourse {
  readonly optimizer: string;
  /** one a seed */
  readonly paths: readonly MeanPath[];
  readonly coverage: readonly Coverage[];
}

/** The row in which a number is largest. */
const largest = (rows: readonly RingRow[], of: (row: RingRow) => number) =>
  rows.reduce((a, b) => (of(b) > of(a) ? b : a));

/** The generator's mean over time, a panel per optimizer, a curve per seed. */
export function meansFigure(courses: readonly RingCourse[], rows: readonly RingRow[], radius: number): Figure {
  const shown = 4;
  const round = rows.filter((row) => goesRound(row, radius)).map(({ optimizer }) => optimizer);
  return {
    file: "ring-mean.png",
    title: `Ring GAN: the generator's mean goes round ${round.length > 0 ? "only " : ""}under ${listText(round)}`,
    caption: `The first coordinate of the generator's mean over 64 fixed latents, for the first ${Math.min(shown, courses[0].paths.length)} seeds. The ring's modes lie at distance ${number(radius)} from the origin, where the mean of a perfect generator stays. Mind the different scales.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 420,
    panels: courses.map(({ optimizer, paths }) => ({
      title: optimizer,
      x: { title: "training step", min: 0, max: paths[0].steps.length },
      y: { title: "mean of the generated x (data units)" },
      series: paths
        .slice(0, shown)
        .map(({ seed, steps, x }, i) => line(`seed ${seed}`, points(steps, x, 2001), seriesColours[i], { width: 1.5 })),
    })),
  };
}

/** The spectrum of the generator's mean, root mean square over the seeds. */
export function spectrumFigure(courses: readonly RingCourse[], rows: readonly RingRow[]): Figure {
  const curves = courses.map(({ optimizer, paths }, i) =>
    line(optimizer, binnedSpectrum(averageSpectrum(paths)), seriesColours[i]),
  );
  const chattering = largest(rows, ({ chatter }) => chatter.estimate);
  const cycling = largest(rows, ({ slowCycle }) => slowCycle.estimate);
  return {
    file: "ring-spectrum.png",
    title: `Ring GAN: ${chattering.optimizer} chatters most, ${cycling.optimizer} has the widest slow cycle`,
    caption:
      "Amplitude of the motion of the generator's mean over the last half of the run, in twelfths of a decade, root mean square over the seeds. The slow cycle lives left of the first dashed line (periods above 50 steps), chatter right of the second (below 4 steps).",
    columns: 1,
    panelWidth: 1200,
    panelHeight: 560,
    panels: [spectrumPanel(curves)],
  };
}

/** Modes covered and high-quality share over time, mean and range over the seeds. */
export function coverageFigure(courses: readonly RingCourse[], rows: readonly RingRow[], modes: number): Figure {
  const covering = largest(rows, (row) => row.modes.estimate);
  const best = largest(rows, (row) => row.highQuality.estimate);
  return {
    file: "ring-coverage.png",
    title: `Ring GAN: ${covering.optimizer} covers most modes (${number(covering.modes.estimate, 3)} of ${modes}), ${best.optimizer} draws best (${number(100 * best.highQuality.estimate, 3)} %)`,
    caption: `Mean over ${seedsText(rows[0].seeds)}, shaded from the lowest to the highest seed; 2048 samples at each point. A mode is covered by a sample within 3σ of its centre; a perfect generator has ${number(100 * perfect.highQuality)} % of its samples there.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 540,
    panels: [
      {
        title: `Modes covered, of ${modes}`,
        x: { title: "training step", min: 0 },
        y: { title: "modes with a sample within 3σ", min: 0, max: modes, stepSize: 1 },
        series: curvesOf(courses, ["fewest", "modes", "most"]),
      },
      {
        title: "High-quality samples",
        x: { title: "training step", min: 0 },
        y: { title: "share within 3σ of a mode (%)", min: 0, max: 100 },
        series: curvesOf(courses, ["lowest", "highQuality", "highest"], 100),
      },
    ],
  };
}

function curvesOf(
  courses: readonly RingCourse[],
  [low, middle, high]: readonly [keyof Coverage, keyof Coverage, keyof Coverage],
  factor = 1,
): Panel["series"] {
  return courses.flatMap(({ optimizer, coverage }, i) => {
    const curve = (field: keyof Coverage) => coverage.map((row) => ({ x: row.step, y: factor * row[field] }));
    return [band(curve(low), curve(high), seriesColours[i]), line(optimizer, curve(middle), seriesColours[i])];
  });
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

/** The generators' samples at the end, over the target's modes. */
export function samplesFigure(
  samples: readonly RingSample[],
  { modes, radius }: { readonly modes: number; readonly radius: number },
): Figure {
  const centres = Array.from({ length: modes }, (_, mode) => {
    const angle = (2 * Math.PI * mode) / modes;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  const extent = 1.75 * radius;
  const axis = (title: string) => ({ title, min: -extent, max: extent, stepSize: radius });
  return {
    file: "ring-samples.png",
    title: "Ring GAN: samples at the end of training, with modes covered and the share within 3σ of one",
    caption: `Seed ${samples[0]?.seed}; 700 samples of the generator as it is (no averaging), over the centres of the target's modes.`,
    columns: 4,
    panelWidth: 430,
    panelHeight: 490,
    panels: samples.map((sample) => ({
      title: `${sample.optimizer}\n${number(sample.modes)} of ${modes} modes, ${number(100 * sample.highQuality, 3)} %`,
      x: axis("x"),
      y: axis("y"),
      series: [
        marks("target mode", centres, colours.orange, { radius: 9, shape: "crossRot" }),
        marks("generated", points(sample.x, sample.y).slice(0, 700), colours.blue, { radius: 1.5 }),
      ],
    })),
  };
}
