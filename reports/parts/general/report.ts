import type { Interval } from "../../../src/stats/index.js";
import type { Experiment } from "../../../src/study/read.js";
import { dashes, faded, seriesColours } from "../colours.js";
import type { Figure, Found, Section, Table } from "../findings.js";
import { intervalText } from "../interval.js";
import { band, line, type Panel, type Series } from "../panel.js";
import type { Report } from "../report.js";
import { summaryNumber } from "../select.js";
import { number, seedsText } from "../text.js";
import { tuningSection } from "../tuning/section.js";
import { compareConditions } from "./comparison.js";
import { comparedOf, comparisonNote, comparisonTable, comparisonVerdict } from "./comparison-text.js";
import { type Course, type CourseCurve, courses, pointsOf } from "./courses.js";
import { differencesFigure } from "./differences-figure.js";
import { headlineMetric } from "./headline.js";
import { sameLearningRate } from "./learning-rate.js";
import { type ConditionRuns, conditions, summaryPaths, summaryRows, varyingPaths } from "./measures.js";
import { samplesSections } from "./samples.js";

/** For studies without a report of their own: every experiment's courses over time and its summary. */
export const generalReport: Report = {
  needs: [],
  reads: () => true,
  async find({ name, title, experiments }) {
    const all = Object.values(experiments);
    const found = await Promise.all(all.map(findingsOf));
    return {
      title,
      introduction: `Study \`${name}\`: ${all.length} ${all.length === 1 ? "experiment" : "experiments"}. Intervals of means are Student's, 95 %.`,
      verdicts: found.flatMap(({ verdicts }) => verdicts),
      sections: found.flatMap(({ sections }) => sections),
    };
  },
};

/** As many as there are colours. */
const mostCurves = seriesColours.length;

/** What is found in an experiment: its tuning, the course of its runs, differences between conditions, and samples. */
async function findingsOf(experiment: Experiment): Promise<Found> {
  const { tuning, name } = experiment;
  const { verdicts, sections } = differences(experiment);
  const tuned = tuning === undefined ? [] : [tuningSection(name, tuning)];
  const samples = await samplesSections(experiment);
  // What a comparison's verdict warns of is said of the pictures where there is no comparison.
  const cautions = verdicts.length > 0 ? [] : sameLearningRate(experiment.runs);
  return { verdicts, sections: [...tuned, await section(experiment, cautions), ...sections, ...samples] };
}

async function section(experiment: Experiment, cautions: readonly string[]): Promise<Section> {
  const groups = conditions(experiment);
  const found = await courses(groups.slice(0, mostCurves));
  return {
    heading: experiment.name,
    ...(found.length === 0 ? {} : { figure: figure(experiment, groups, found) }),
    content: [...cautions, ...summaryContent(groups)],
  };
}

/** What is found by comparing an experiment's conditions with the first; nothing where no two seeds are shared. */
function differences(experiment: Experiment): Found {
  const { name, runs } = experiment;
  const groups = conditions(experiment);
  const metric = headlineMetric(experiment, groups);
  if (metric === undefined || groups.length < 2) return { verdicts: [], sections: [] };
  const comparison = compareConditions(groups, metric, groups[0].label);
  const compared = comparedOf(comparison).length;
  if (compared === 0) return { verdicts: [], sections: [] };
  const others = `Any other number of the summaries: \`ringdown compare <folder> --experiment ${name} --metric <path> --figure differences.png\`.`;
  return {
    verdicts: [comparisonVerdict(name, comparison, sameLearningRate(runs))],
    sections: [
      {
        heading: `${name}: differences`,
        ...(compared === 1 ? {} : { figure: differencesFigure(`${name}-differences.png`, name, comparison) }),
        content: [comparisonNote(comparison), comparisonTable(comparison), others],
      },
    ],
  };
}

function figure({ name, seeds }: Experiment, groups: readonly ConditionRuns[], found: readonly Course[]): Figure {
  const left = groups.length - mostCurves;
  return {
    file: `${name}.png`,
    title: `${name}: ${courseText(found[0])}`,
    caption: [
      seeds.length === 1
        ? "One seed; means in windows of steps."
        : `Means over ${seedsText(seeds.length)} in windows of steps${spread(seeds.length)}.`,
      ...(left > 0 ? [`The first ${mostCurves} of ${groups.length} conditions.`] : []),
    ].join(" "),
    columns: found.length === 4 ? 2 : Math.min(3, found.length),
    panelWidth: 620,
    panelHeight: 460,
    panels: found.map(coursePanel),
  };
}

/** Where the curves of a column end: `return ends highest under Adam (84), lowest under SGD (62)`. */
function courseText({ column, curves }: Course): string {
  const ends = curves.flatMap(({ label, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ label, first: points[0].mean, last: last.mean }];
  });
  if (ends.length === 0) return `${column} is nowhere a number`;
  const [best, worst] = [1, -1].map((sign) => ends.reduce((a, b) => (sign * (b.last - a.last) > 0 ? b : a)));
  if (best.last === worst.last) return `${column} goes from ${number(best.first, 3)} to ${number(best.last, 3)}`;
  const end = ({ label, last }: typeof best) => `under ${label} (${number(last, 3)})`;
  return `${column} ends highest ${end(best)}, lowest ${end(worst)}`;
}

/** From so many seeds on an interval of their mean says more than its width does about their number. */
const fewestForBand = 5;

function spread(seeds: number): string {
  return seeds < fewestForBand ? ", thin lines the seeds" : ", shaded their 95 % interval (Student's t)";
}

function coursePanel({ table, column, curves }: Course): Panel {
  return {
    title: table === "metrics" ? column : `${table}: ${column}`,
    x: { title: "step", min: 0 },
    y: { title: column },
    series: [...curves.map(meanLine), ...curves.flatMap(spreadSeries)],
  };
}

function meanLine({ label, points }: CourseCurve, i: number): Series {
  return line(label, along(points, "mean"), seriesColours[i], { dash: dashes[i % dashes.length] });
}

function spreadSeries({ points, seeds, last }: CourseCurve, i: number): Series[] {
  if (seeds.length === 1) return [];
  if (seeds.length >= fewestForBand) {
    // Two seeds of five that happen to have a value would give an interval that dwarfs the rest.
    const full = points.map((point) => (point.seeds < fewestForBand ? { ...point, low: Number.NaN } : point));
    return [band(along(full, "low"), along(full, "high"), seriesColours[i])];
  }
  return seeds.map((means) => line("", pointsOf(means, last), faded(seriesColours[i], 0.35), { width: 1 }));
}

function along(points: CourseCurve["points"], field: "mean" | "low" | "high") {
  return points.map((point) => ({ x: point.step, y: point[field] }));
}

/** What is the same in every run in a sentence, the rest as a table. */
function summaryContent(groups: readonly ConditionRuns[]): (string | Table)[] {
  const runs = groups.flatMap((group) => group.runs);
  const paths = summaryPaths(runs);
  const varying = varyingPaths(runs, paths);
  const same = paths.filter((path) => !varying.includes(path));
  const stated = same.map((path) => `\`${path}\` ${number(summaryNumber(runs[0], path), 6)}`);
  return [
    ...(runs.length < 2 || same.length === 0 ? [] : [`The same in every run: ${stated.join(", ")}.`]),
    summaryTable(groups, runs.length < 2 ? paths : varying),
  ];
}

/** A mean with its interval; alone where there is one seed, or where all seeds say the same. */
function meanText(interval: Interval, seeds: number): string {
  const { estimate, low, high } = interval;
  const alone = seeds === 1 || high - low <= 1e-9 * Math.abs(estimate);
  return alone ? number(estimate, 4) : intervalText(interval, 4);
}

/** Conditions as rows; where there are many numbers, and fewer conditions, the other way round. */
function summaryTable(groups: readonly ConditionRuns[], paths: readonly string[]): Table {
  const header = ["condition", "seeds", "diverged", ...paths];
  const rows = summaryRows(groups, paths).map(({ label, seeds, diverged, values }) => [
    label,
    String(seeds),
    String(diverged),
    ...values.map((interval) => (interval === null ? "—" : meanText(interval, seeds))),
  ]);
  if (paths.length <= 8 || paths.length <= rows.length) return { header, rows };
  const [turnedHeader, ...turnedRows] = header.map((name, k) => [name, ...rows.map((row) => row[k])]);
  return { header: turnedHeader, rows: turnedRows };
}
