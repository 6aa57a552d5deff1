import type { Experiment } from "../../../src/study/read.js";
import { dashes, faded, seriesColours } from "../colours.js";
import type { Figure, Section, Table } from "../findings.js";
import { intervalText } from "../interval.js";
import { band, line, type Panel, type Series } from "../panel.js";
import type { Report } from "../report.js";
import { summaryNumber } from "../select.js";
import { number, seedsText } from "../text.js";
import { tuningSection } from "../tuning/section.js";
import { comparisons } from "./comparison.js";
import { type Course, type CourseCurve, courses, pointsOf } from "./courses.js";
import { sameLearningRate } from "./learning-rate.js";
import { type ConditionRuns, conditions, summaryPaths, summaryRows, varyingPaths } from "./measures.js";
import { samplesSections } from "./samples.js";

/** For studies without a report of their own: every experiment's courses over time and its summary. */
export const generalReport: Report = {
  needs: [],
  reads: () => true,
  async find({ name, title, experiments }) {
    const all = Object.values(experiments);
    return {
      title,
      introduction: `Study \`${name}\`: ${all.length} ${all.length === 1 ? "experiment" : "experiments"}. Intervals of means are Student's, 95 %.`,
      verdicts: [],
      sections: (await Promise.all(all.map(sections))).flat(),
    };
  },
};

/** As many as there are colours. */
const mostCurves = seriesColours.length;

/** An experiment's own section, and that of its tuning before it. */
async function sections(experiment: Experiment): Promise<Section[]> {
  const { tuning } = experiment;
  const own = [await section(experiment), ...(await samplesSections(experiment))];
  return tuning === undefined ? own : [tuningSection(experiment.name, tuning), ...own];
}

async function section(experiment: Experiment): Promise<Section> {
  const groups = conditions(experiment);
  const found = await courses(groups.slice(0, mostCurves));
  return {
    heading: experiment.name,
    ...(found.length === 0 ? {} : { figure: figure(experiment, groups, found) }),
    content: [...comparisons(experiment, groups), ...sameLearningRate(experiment.runs), ...summaryContent(groups)],
  };
}

function figure({ name, seeds }: Experiment, groups: readonly ConditionRuns[], found: readonly Course[]): Figure {
  const left = groups.length - mostCurves;
  return {
    file: `${name}.png`,
    title: `${name}: the course of the runs`,
    caption: [
      `Means over ${seedsText(seeds.length)} in windows of steps${spread(seeds.length)}.`,
      ...(left > 0 ? [`The first ${mostCurves} of ${groups.length} conditions.`] : []),
    ].join(" "),
    columns: Math.min(3, found.length),
    panelWidth: 620,
    panelHeight: 460,
    panels: found.map(coursePanel),
  };
}

/** From so many seeds on an interval of their mean says more than its width does about their number. */
const fewestForBand = 5;

function spread(seeds: number): string {
  if (seeds === 1) return "";
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
  if (seeds.length >= fewestForBand) return [band(along(points, "low"), along(points, "high"), seriesColours[i])];
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

/** Conditions as rows; where there are many numbers, and fewer conditions, the other way round. */
function summaryTable(groups: readonly ConditionRuns[], paths: readonly string[]): Table {
  const header = ["condition", "seeds", "diverged", ...paths];
  const rows = summaryRows(groups, paths).map(({ label, seeds, diverged, values }) => [
    label,
    String(seeds),
    String(diverged),
    ...values.map((interval) => (interval === null ? "—" : intervalText(interval, 4))),
  ]);
  if (paths.length <= 8 || paths.length <= rows.length) return { header, rows };
  const [turnedHeader, ...turnedRows] = header.map((name, k) => [name, ...rows.map((row) => row[k])]);
  return { header: turnedHeader, rows: turnedRows };
}
