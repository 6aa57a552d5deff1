import type { Experiment } from "../../../src/study/read.js";
import { seriesColours } from "../colours.js";
import type { Figure, Section, Table } from "../findings.js";
import { intervalText } from "../interval.js";
import { band, line, type Panel } from "../panel.js";
import type { Report } from "../report.js";
import { seedsText } from "../text.js";
import { tuningSection } from "../tuning/section.js";
import { type Course, courses } from "./courses.js";
import { type ConditionRuns, conditions, summaryPaths, summaryRows } from "./measures.js";
import { samplesSections } from "./samples.js";

/** For studies without a report of their own: every experiment's courses over time and its summary. */
export const generalReport: Report = {
  needs: [],
  reads: () => true,
  async find({ name, title, experiments }) {
    const all = Object.values(experiments);
    return {
      title,
      introduction: `Study \`${name}\`: ${all.length} ${all.length === 1 ? "experiment" : "experiments"}. Curves are means over the seeds, shaded from the lower to the upper quartile; tables hold means with 95 % intervals (Student's t).`,
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
    content: [summaryTable(groups)],
  };
}

function figure({ name, seeds }: Experiment, groups: readonly ConditionRuns[], found: readonly Course[]): Figure {
  const left = groups.length - mostCurves;
  return {
    file: `${name}.png`,
    title: `${name}: the course of the runs`,
    caption: `Means over ${seedsText(seeds.length)} in windows of steps, shaded from the lower to the upper quartile.${left > 0 ? ` The first ${mostCurves} of ${groups.length} conditions.` : ""}`,
    columns: Math.min(3, found.length),
    panelWidth: 620,
    panelHeight: 460,
    panels: found.map(coursePanel),
  };
}

function coursePanel({ table, column, curves }: Course): Panel {
  const curve = (points: Course["curves"][number]["points"], field: "mean" | "low" | "high") =>
    points.map((point) => ({ x: point.step, y: point[field] }));
  return {
    title: table === "metrics" ? column : `${table}: ${column}`,
    x: { title: "step", min: 0 },
    y: { title: column },
    series: [
      ...curves.map(({ label, points }, i) => line(label, curve(points, "mean"), seriesColours[i])),
      ...curves.map(({ points }, i) => band(curve(points, "low"), curve(points, "high"), seriesColours[i])),
    ],
  };
}

/** Conditions as rows; where there are many numbers, and fewer conditions, the other way round. */
function summaryTable(groups: readonly ConditionRuns[]): Table {
  const paths = summaryPaths(groups.flatMap(({ runs }) => runs));
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
