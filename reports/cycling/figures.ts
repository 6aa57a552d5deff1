import type { Run } from "../../src/study/read.js";
import { bands } from "../../src/theory/bands.js";
import { averageSpectrum, binnedSpectrum, type MeanPath, type modesOverTime } from "../game/measures.js";
import { number } from "../markdown.js";
import { circle, roundUp } from "../plane.js";
import type { Figure } from "../png.js";
import { points, summaryNumber } from "../select.js";
import { band, chart, colours, cycle, line, logarithmicBounds, marks, type Point } from "../theme.js";
import type { BilinearRow } from "./measures.js";

export interface Portrait {
  readonly run: Run;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** How many times as far out as it began a path is drawn. */
const farthest = 8;

/** Paths in the plane, one panel a condition, each drawn until it is eight times as far out as it began. */
export function linearPortraits(shown: readonly Portrait[]): Figure {
  const panels = shown.map(({ run, x, y }) => {
    const limit = farthest * Math.hypot(x[0], y[0]);
    let end = 1;
    while (end < x.length && Math.hypot(x[end], y[end]) <= limit) end++;
    const path = points(x, y, x.length).slice(0, end);
    const title = end < x.length ? `first ${end} steps` : `${end} steps`;
    return panel(run, path, [
      marks("start", path.slice(0, 1), colours.green, { radius: 6 }),
      marks("end", path.slice(-1), colours.vermillion, { radius: 6, shape: "triangle" }),
      line(title, path, colours.blue, { width: 1 }),
    ]);
  });
  return {
    file: "bilinear-linear.png",
    title: "The bilinear game under linear methods",
    caption:
      "Simultaneous updates spiral outward with every momentum. Alternating ones close up for gradient descent, grow with positive momentum, and come in only with negative momentum. Paths are drawn until they are eight times as far out as they began.",
    columns: 4,
    panels,
    panelWidth: 440,
    panelHeight: 490,
  };
}

/** The beginning and the end of paths in the plane, with the predicted cycle. */
export function adaptivePortraits(shown: readonly Portrait[]): Figure {
  const steps = number(Math.max(...shown.map(({ x }) => x.length)));
  const panels = shown.map(({ run, x, y }) => {
    const radius = summaryNumber(run, "predicted.radius");
    const period = summaryNumber(run, "measured.period");
    const turns = (count: number) => Math.ceil(Number.isFinite(period) ? count * period : 200);
    const path = points(x, y, x.length);
    const [first, last] = [path.slice(0, turns(6)), path.slice(-turns(1.1))];
    const cycle = Number.isFinite(radius)
      ? [line("closed form", circle(radius), colours.black, { dash: [4, 7], width: 3 })]
      : [];
    return panel(
      run,
      [...first, ...last, ...(Number.isFinite(radius) ? circle(radius) : [])],
      [
        ...cycle,
        line("last turn", last, colours.vermillion, { width: 3 }),
        line("start", first, colours.sky, { width: 1 }),
      ],
    );
  });
  return {
    file: "bilinear-adaptive.png",
    title: "The bilinear game under adaptive methods",
    caption: `From a start inside it, paths go out to a circle and stay there: red is the last turn of ${steps} steps, dashed the closed form of its radius. Momentum widens the circle. Alternating play without positive momentum has no cycle; what stays is chatter of the size of the learning rate.`,
    columns: 5,
    panels,
    panelWidth: 410,
    panelHeight: 450,
  };
}

function panel(run: Run, extentOf: readonly Point[], series: Parameters<typeof chart>[3]) {
  const most = extentOf.reduce((size, { x, y }) => Math.max(size, Math.abs(x), Math.abs(y)), 0);
  const extent = roundUp(1.1 * most);
  const axis = (title: string) => ({ title, min: -extent, max: extent, stepSize: extent / 2 });
  const { optimizer, order } = run.condition;
  return chart(`${optimizer}\n${order}`, axis("x (descends x·y)"), axis("y (ascends x·y)"), series);
}

/** Measured against predicted on logarithmic axes; points on the diagonal agree. */
export function agreement(linear: readonly BilinearRow[], adaptive: readonly BilinearRow[]): Figure {
  const pairs = (rows: readonly BilinearRow[], value: (rates: BilinearRow["measured"]) => number, order: string) =>
    rows
      .filter((row) => row.order === order)
      .map(({ measured, predicted }) => ({ x: value(predicted), y: value(measured) }))
      .filter(({ x, y }) => x > 0 && y > 0 && Number.isFinite(x + y));
  const compare = (
    title: string,
    unit: string,
    rows: readonly BilinearRow[],
    value: (r: BilinearRow["measured"]) => number,
  ) => {
    const simultaneous = pairs(rows, value, "simultaneous");
    const alternating = pairs(rows, value, "alternating");
    const { min: low, max: high } = logarithmicBounds(
      [...simultaneous, ...alternating].flatMap(({ x, y }) => [x, y]),
      1.5,
    );
    return chart(
      title,
      { title: `closed form (${unit})`, scale: "logarithmic", min: low, max: high },
      { title: `measured (${unit})`, scale: "logarithmic", min: low, max: high },
      [
        line(
          "equal",
          [
            { x: low, y: low },
            { x: high, y: high },
          ],
          colours.grey,
          { dash: [6, 5] },
        ),
        marks("simultaneous", simultaneous, colours.blue, { radius: 7 }),
        marks("alternating", alternating, colours.vermillion, { radius: 7, shape: "triangle" }),
      ],
    );
  };
  return {
    file: "bilinear-agreement.png",
    title: "The bilinear game: measured against the closed forms",
    caption:
      "Each mark is one condition; on the dashed diagonal measurement and closed form agree. Left and middle: the angle turned per step. Right: the radius of the attracting cycle, 4η√((s + τ)/(1 − β₂)).",
    columns: 3,
    panelWidth: 560,
    panelHeight: 500,
    panels: [
      compare("Rotation, linear methods", "radians per step", linear, ({ angle }) => angle),
      compare("Rotation, adaptive methods", "radians per step", adaptive, ({ angle }) => angle),
      compare("Radius of the limit cycle", "distance from the equilibrium", adaptive, ({ radius }) => radius),
    ],
  };
}

export interface RingPaths {
  readonly optimizer: string;
  /** One path per seed. */
  readonly paths: readonly MeanPath[];
}

/** The generator's mean over time, a panel per optimizer, a curve per seed. */
export function ringMeans(groups: readonly RingPaths[], radius: number): Figure {
  const shown = 4;
  return {
    file: "ring-mean.png",
    title: "Ring GAN: where the generator's mean goes",
    caption: `The first coordinate of the generator's mean over 64 fixed latents, for the first ${Math.min(shown, groups[0].paths.length)} seeds. The ring's modes lie at distance ${number(radius)} from the origin, where the mean of a perfect generator stays. Mind the different scales.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 420,
    panels: groups.map(({ optimizer, paths }) =>
      chart(
        optimizer,
        { title: "training step", min: 0, max: paths[0].steps.length },
        { title: "mean of the generated x (data units)" },
        paths
          .slice(0, shown)
          .map(({ seed, steps, x }, i) => line(`seed ${seed}`, points(steps, x, 2001), cycle[i], { width: 1.5 })),
      ),
    ),
  };
}

/** The spectrum of the generator's mean, root mean square over the seeds. */
export function ringSpectrum(groups: readonly RingPaths[]): Figure {
  const curves = groups.map(({ optimizer, paths }) => ({ optimizer, points: binnedSpectrum(averageSpectrum(paths)) }));
  const { min, max } = logarithmicBounds(curves.flatMap((curve) => curve.points.map(({ y }) => y)));
  const edge = (at: number, label: string) =>
    line(
      label,
      [
        { x: at, y: min },
        { x: at, y: max },
      ],
      colours.grey,
      { dash: [4, 5], hidden: label === "" },
    );
  return {
    file: "ring-spectrum.png",
    title: "Ring GAN: the spectrum of the generator's mean",
    caption:
      "Amplitude of the motion of the generator's mean over the last half of the run, in twelfths of a decade, root mean square over the seeds. The slow cycle lives left of the first dashed line (periods above 50 steps), chatter right of the second (below 4 steps).",
    columns: 1,
    panelWidth: 1100,
    panelHeight: 560,
    panels: [
      chart(
        "What oscillates, and how fast",
        { title: "frequency (cycles per step)", scale: "logarithmic", max: 0.5 },
        { title: "amplitude in 1/12 decade (data units)", scale: "logarithmic", min, max },
        [
          ...curves.map((curve, i) => line(curve.optimizer, curve.points, cycle[i])),
          edge(bands.slowCycle.to, "edges of the bands"),
          edge(bands.chatter.from, ""),
        ],
      ),
    ],
  };
}

type OverTime = Awaited<ReturnType<typeof modesOverTime>>;

/** Modes covered and high-quality share over time, mean and range over the seeds. */
export function ringCoverage(
  groups: readonly { readonly optimizer: string; readonly time: OverTime }[],
  seeds: number,
  modes: number,
): Figure {
  const curve = (time: OverTime, value: (row: OverTime[number]) => number, factor = 1) =>
    time.map((row) => ({ x: row.step, y: factor * value(row) }));
  return {
    file: "ring-coverage.png",
    title: "Ring GAN: modes covered and sample quality",
    caption: `Mean over ${seeds} seeds, shaded from the lowest to the highest seed; 2048 samples at each point. A mode is covered by a sample within 3σ of its centre; a perfect generator has 98.89 % of its samples there.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 540,
    panels: [
      chart(
        `Modes covered, of ${modes}`,
        { title: "training step", min: 0 },
        { title: "modes with a sample within 3σ", min: 0, max: modes, stepSize: 1 },
        groups.flatMap(({ optimizer, time }, i) => [
          ...band(
            curve(time, (row) => row.fewest),
            curve(time, (row) => row.most),
            cycle[i],
          ),
          line(
            optimizer,
            curve(time, (row) => row.modes),
            cycle[i],
          ),
        ]),
      ),
      chart(
        "High-quality samples",
        { title: "training step", min: 0 },
        { title: "share within 3σ of a mode (%)", min: 0, max: 100 },
        groups.flatMap(({ optimizer, time }, i) => [
          ...band(
            curve(time, (row) => row.lowest, 100),
            curve(time, (row) => row.highest, 100),
            cycle[i],
          ),
          line(
            optimizer,
            curve(time, (row) => row.highQuality, 100),
            cycle[i],
          ),
        ]),
      ),
    ],
  };
}

/** What the generators draw at the end, over the target's modes. */
export function ringSamples(
  shown: readonly {
    readonly optimizer: string;
    readonly seed: number;
    readonly x: ArrayLike<number>;
    readonly y: ArrayLike<number>;
  }[],
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
    title: "Ring GAN: samples at the end of training",
    caption: `Seed ${shown[0]?.seed}; 700 samples of the generator as it is (no averaging), over the centres of the target's modes.`,
    columns: 4,
    panelWidth: 430,
    panelHeight: 470,
    panels: shown.map(({ optimizer, x, y }) =>
      chart(optimizer, axis("x"), axis("y"), [
        marks("target mode", centres, colours.orange, { radius: 9, shape: "crossRot" }),
        marks("generated", points(x, y).slice(0, 700), colours.blue, { radius: 1.5 }),
      ]),
    ),
  };
}
