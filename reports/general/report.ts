import type { Experiment, Study } from "../../src/study/read.js";
import { intervalText } from "../interval.js";
import { table } from "../markdown.js";
import type { Figure } from "../png.js";
import type { Findings, Report } from "../report.js";
import { band, chart, cycle, line } from "../theme.js";
import { type ConditionRuns, type Course, conditions, courses, summaryPaths, summaryRows } from "./measures.js";

/** For studies without a report of their own: every experiment's courses over time and its summary. */
export const generalReport: Report = {
  name: "general",
  title: "Results",
  needs: [],
  async find(study: Study): Promise<Findings> {
    return {
      title: study.title,
      introduction: `Study \`${study.name}\`: ${Object.keys(study.experiments).length} experiments. Curves are means over the seeds, shaded from the lower to the upper quartile; tables hold means with 95 % intervals (Student's t).`,
      verdicts: [],
      sections: await Promise.all(Object.values(study.experiments).map(section)),
    };
  },
};

/** As many as there are colours. */
const mostCurves = cycle.length;

async function section(experiment: Experiment): Promise<Findings["sections"][number]> {
  const groups = conditions(experiment);
  const found = await courses(groups.slice(0, mostCurves));
  const text = summaryTable(groups);
  return {
    heading: experiment.name,
    text,
    ...(found.length === 0 ? {} : { figure: figure(experiment, groups, found) }),
  };
}

function figure(experiment: Experiment, groups: readonly ConditionRuns[], found: readonly Course[]): Figure {
  const left = groups.length - mostCurves;
  const seeds = experiment.seeds.length;
  return {
    file: `${experiment.name}.png`,
    title: `${experiment.name}: the course of the runs`,
    caption: `Means over ${seeds} ${seeds === 1 ? "seed" : "seeds"} in windows of steps, shaded from the lower to the upper quartile.${left > 0 ? ` The first ${mostCurves} of ${groups.length} conditions.` : ""}`,
    columns: Math.min(3, found.length),
    panelWidth: 620,
    panelHeight: 460,
    panels: found.map(({ table: name, column, curves }) =>
      chart(name === "metrics" ? column : `${name}: ${column}`, { title: "step", min: 0 }, { title: column }, [
        ...curves.map(({ label, points }, i) =>
          line(
            label,
            points.map(({ step, mean }) => ({ x: step, y: mean })),
            cycle[i],
          ),
        ),
        ...curves.flatMap(({ points }, i) =>
          band(
            points.map(({ step, low }) => ({ x: step, y: low })),
            points.map(({ step, high }) => ({ x: step, y: high })),
            cycle[i],
          ),
        ),
      ]),
    ),
  };
}

/** Conditions as rows; where there are many numbers, and fewer conditions, the other way round. */
function summaryTable(groups: readonly ConditionRuns[]): string {
  const paths = summaryPaths(groups.flatMap(({ runs }) => runs));
  const header = ["condition", "seeds", "diverged", ...paths];
  const rows = summaryRows(groups, paths).map(({ label, seeds, diverged, values }) => [
    label,
    String(seeds),
    String(diverged),
    ...values.map((interval) => (interval === null ? "—" : intervalText(interval, 4))),
  ]);
  if (paths.length <= 8 || paths.length <= rows.length) return table(header, rows);
  const turned = header.map((name, k) => [name, ...rows.map((row) => row[k])]);
  return table(turned[0], turned.slice(1));
}
