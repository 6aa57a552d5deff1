import type { Tuning, TuningGroup } from "../../../src/study/read.js";
import type { Section, Table } from "../findings.js";
import { intervalText } from "../interval.js";
import { listText } from "../text.js";
import { tuningFigure, valueText } from "./figure.js";
import { groupLabel, isNumber, scoreOf } from "./measures.js";

/**
 * How an experiment was tuned: the surface as a figure, the values found as a table, and where the best stands at the
 * edge of what was tried.
 *
 * @param name the experiment's
 */
export function tuningSection(name: string, tuning: Tuning): Section {
  const figure = tuningFigure(name, tuning);
  return {
    heading: `${name}: tuning`,
    ...(figure === undefined ? {} : { figure }),
    content: [method(tuning), table(tuning), ...warnings(tuning)],
  };
}

const methods = { grid: "a grid", random: "a random choice", sobol: "Sobol's sequence" } as const;

function method({ metric, goal, method, seeds, groups }: Tuning): string {
  const [{ points }] = groups;
  const extreme = goal === "maximise" ? "highest" : "lowest";
  const apart = groups.length === 1 ? "for all conditions together" : `apart for ${groups.length} groups of conditions`;
  return `Values were sought before the experiment's runs, on seeds of their own (${seeds.join(", ")}): those with the ${extreme} mean of \`${metric}\` among ${points.length} points of ${methods[method]}, ${apart}, each with the same budget.`;
}

function table({ metric, groups }: Tuning): Table {
  const paths = Object.keys(groups[0].points[0].values);
  return {
    header: ["conditions", ...paths, metric, "at the edge"],
    rows: groups.map((group) => {
      const best = group.points[group.best];
      const score = scoreOf(best);
      return [
        groupLabel(group),
        ...paths.map((path) => valueText(best.values[path])),
        score === null ? "—" : intervalText(score, 4),
        group.edges.length === 0 ? "no" : group.edges.join(", "),
      ];
    }),
  };
}

/** A sentence for each group whose best may not be the best. */
function warnings({ groups }: Tuning): string[] {
  return groups.flatMap((group) => {
    if (scoreOf(group.points[group.best]) === null) {
      return [`**${groupLabel(group)}**: with every point some run diverged or has no number.`];
    }
    if (group.edges.length === 0) return [];
    const ends = group.edges.map((path) => edgeText(group, path));
    return [`**${groupLabel(group)}**: the best ${listText(ends)} tried; a better value may lie beyond.`];
  });
}

function edgeText({ points, best }: TuningGroup, path: string): string {
  const chosen = points[best].values[path];
  const values = points.map((point) => point.values[path]).filter(isNumber);
  return `${path}, ${valueText(chosen)}, is the ${chosen === Math.min(...values) ? "smallest" : "largest"}`;
}
