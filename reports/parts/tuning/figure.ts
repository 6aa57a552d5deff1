import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import type { Tuning, TuningGroup } from "../../../src/study/read.js";
import { colours, dashes, seriesColours } from "../colours.js";
import type { Figure } from "../findings.js";
import { type Axis, extent, intervals, line, logarithmicBounds, marks, type Panel, type Point } from "../panel.js";
import { number, rangeText, seedsText } from "../text.js";
import {
  groupLabel,
  isGeometric,
  isNumber,
  profile,
  scoreOf,
  type TunedAxis,
  tunedAxes,
  type Value,
} from "./measures.js";

/** As many as there are colours. */
const mostLines = seriesColours.length;
const mostMaps = 12;
const shapes = ["circle", "triangle", "rect"] as const;

/**
 * The score that tuning saw over the values tried: heat maps for a grid of two axes, else a panel an axis, in which a
 * line a group of conditions shows the best of the other axes. Undefined where only one point was tried.
 */
export function tuningFigure(name: string, tuning: Tuning): Figure | undefined {
  const axes = tunedAxes(tuning);
  if (axes.length === 0) return undefined;
  const [first, second] = axes;
  const asMaps = axes.length === 2 && tuning.method === "grid";
  const shown = asMaps ? tuning.groups.slice(0, mostMaps) : tuning.groups;
  const panels = asMaps
    ? shown.map((group) => heatPanel(group, first, second, tuning))
    : axes.flatMap((axis) =>
        chunks(tuning.groups, mostLines).map((groups) => profilePanel(groups, axis, tuning, axes)),
      );
  return {
    file: `${name}-tuning.png`,
    title: `${name}: ${finding(tuning, axes)}`,
    caption: caption(tuning, axes, asMaps, shown.length),
    columns: Math.min(3, panels.length),
    panelWidth: 620,
    panelHeight: 480,
    panels,
  };
}

function finding({ groups }: Tuning, axes: readonly TunedAxis[]): string {
  return axes
    .map(({ path, name }) => {
      const chosen = groups.map(({ points, best }) => points[best].values[path]);
      const texts = [...new Set(chosen.map(valueText))];
      return `the best ${name} is ${chosen.every(isNumber) ? rangeText(chosen, 4) : texts.join(" or ")}`;
    })
    .join(", ");
}

function caption(
  { metric, seeds, groups }: Tuning,
  axes: readonly TunedAxis[],
  asMaps: boolean,
  shown: number,
): string {
  const failed = groups.some(({ points }) => points.some((point) => scoreOf(point) === null));
  const dropped = groups.some(({ points }) => points.some(({ scores }) => scores.length < seeds.length));
  return [
    `Mean of ${metric} over ${seedsText(seeds.length)} of tuning${asMaps ? "" : ", bars its 95 % interval (Student's t)"}.`,
    ...(asMaps ? ["Coloured by rank."] : []),
    ...(asMaps || axes.length === 1 ? [] : ["At each value the best of those tried on the other axes."]),
    "Ringed in black: the values that the experiment has.",
    ...(failed ? ["Crosses: a run diverged or has no number."] : []),
    ...(dropped ? ["Points that halving dropped have fewer seeds."] : []),
    ...(shown < groups.length ? [`The first ${shown} of ${groups.length} groups of conditions.`] : []),
  ].join(" ");
}

function profilePanel(
  groups: readonly TuningGroup[],
  axis: TunedAxis,
  tuning: Tuning,
  axes: readonly TunedAxis[],
): Panel {
  const place = placeOn(axis, groups.length);
  const curves = groups.map((group) => profile(group, axis, tuning.goal));
  const bars = curves.map((points, i) =>
    points.flatMap((point) => {
      const score = scoreOf(point);
      return score === null ? [] : [{ x: place(point.values[axis.path], i), y: score.estimate, ...score }];
    }),
  );
  const [floor] = extent(bars.flat().flatMap(({ y, low }) => (Number.isFinite(low) ? [y, low] : [y])));
  const failed = curves.map((points, i) =>
    points
      .filter((point) => scoreOf(point) === null)
      .map((point): Point => ({ x: place(point.values[axis.path], i), y: Number.isFinite(floor) ? floor : 0 })),
  );
  const chosen = groups.map(({ points, best }, i): Point | null => {
    const score = scoreOf(points[best]);
    return score === null ? null : { x: place(points[best].values[axis.path], i), y: score.estimate };
  });
  // Sampled points of several axes are no profile: each has a value of its own on every axis.
  const joined = axes.length === 1 || tuning.method === "grid";
  return {
    title: `${tuning.metric} against ${axis.name}`,
    x: { ...axisOf(axis), title: axis.path },
    y: { title: tuning.metric },
    series: [
      ...groups.flatMap((group, i) => {
        const [colour, dash, shape] = [seriesColours[i], dashes[i % dashes.length], shapes[i % shapes.length]];
        const label = groupLabel(group);
        return [
          ...(joined ? [line(label, bars[i], colour, { dash })] : []),
          marks(joined ? "" : label, bars[i], colour, { shape }),
          ...intervals(bars[i], colour),
          marks("", failed[i], colour, { shape: "crossRot", radius: 7 }),
        ];
      }),
      marks("", chosen, colours.black, { shape: "ring", radius: 10 }),
    ],
  };
}

function heatPanel(group: TuningGroup, xAxis: TunedAxis, yAxis: TunedAxis, { metric, goal }: Tuning): Panel {
  const at = ({ values }: TuningGroup["points"][number]): Point => ({
    x: indexOn(xAxis, values[xAxis.path]),
    y: indexOn(yAxis, values[yAxis.path]),
  });
  const places = group.points.map(at);
  const means = group.points.map((point) => scoreOf(point)?.estimate ?? null);
  const [low, high] = extent(means.filter((mean) => mean !== null));
  const [worst, best] = goal === "maximise" ? [low, high] : [high, low];
  const words = (axis: TunedAxis): Axis => ({ ...labelled(axis), title: axis.path });
  return {
    title: `${groupLabel(group)}\n${metric}: ${number(best, 3)} (dark) to ${number(worst, 3)} (light)`,
    x: words(xAxis),
    y: words(yAxis),
    series: [
      marks(
        "",
        places.filter((_, i) => means[i] === null),
        colours.black,
        { shape: "crossRot", radius: 7 },
      ),
      marks("", [places[group.best]], colours.black, { shape: "ring", radius: 10 }),
    ],
    heat: {
      x: places.map(({ x }) => x),
      y: places.map(({ y }) => y),
      value: ranks(means, goal),
      colours: "rank",
    },
  };
}

/** Ranks up to 1, the best; equal scores have equal ranks. A score that is far off does not hide the others. */
function ranks(means: readonly (number | null)[], goal: Tuning["goal"]): (number | null)[] {
  const order = [...new Set(means.filter((mean) => mean !== null))].sort((a, b) =>
    goal === "maximise" ? a - b : b - a,
  );
  return means.map((mean) => (mean === null ? null : (order.indexOf(mean) + 1) / order.length));
}

/**
 * Where a group's value stands on its axis: numbers at their place, others at their index. Groups stand a little beside
 * each other, so that their intervals can be told apart.
 */
function placeOn(axis: TunedAxis, groups: number): (value: Value, group: number) => number {
  const numbers = axis.values.filter(isNumber);
  const aside = (group: number) => 0.012 * (group - (groups - 1) / 2);
  if (numbers.length < axis.values.length) {
    return (value, group) => indexOn(axis, value) + axis.values.length * aside(group);
  }
  const [low, high] = [numbers[0], numbers[numbers.length - 1]];
  return isGeometric(numbers)
    ? (value, group) => Number(value) * exp(aside(group) * log(high / low))
    : (value, group) => Number(value) + aside(group) * (high - low);
}

function axisOf(axis: TunedAxis): Omit<Axis, "title"> {
  const numbers = axis.values.filter(isNumber);
  if (numbers.length < axis.values.length) return labelled(axis);
  return isGeometric(numbers) ? { scale: "logarithmic", ...logarithmicBounds(numbers) } : {};
}

/** The range is no whole number of steps: then ticks, and labels, would begin at its end and not at 0. */
function labelled({ values }: TunedAxis): Omit<Axis, "title"> {
  return { min: -0.5, max: values.length - 0.49, stepSize: 1, openEnds: true, labels: values.map(valueText) };
}

function indexOn({ values }: TunedAxis, value: Value): number {
  return values.findIndex((other) => JSON.stringify(other) === JSON.stringify(value));
}

/** A tuned value for readers. */
export function valueText(value: Value): string {
  return isNumber(value) ? number(value, 6) : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, k) => items.slice(k * size, (k + 1) * size));
}
