import { z } from "zod";
import { radii } from "../../src/dynamics/envelope.js";
import type { Run } from "../../src/study/read.js";
import { seriesColours } from "../parts/colours.js";
import type { Figure, Verdict } from "../parts/findings.js";
import { pathOf } from "../parts/game/tables.js";
import { line, type Panel } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { points } from "../parts/select.js";
import { number } from "../parts/text.js";

/** On the pure rotation: which methods bring the last iterate to the equilibrium, and which only the average of all? */
export const iterates = experiment({
  needs: { bilinear: z.object({}) },
  async find({ bilinear }) {
    const courses = await Promise.all(bilinear.runs.map(courseOf));
    return {
      verdicts: [verdict(courses)],
      sections: [
        {
          heading: "The last iterate and the average",
          figure: figure(courses),
          content: [
            "Old theorems are about the average of all iterates; optimistic methods were proposed because their last one arrives by itself (Daskalakis et al. 2018). The average of a path that turns around the equilibrium falls as 1/t at best, since the first iterates stay in it for ever.",
          ],
        },
      ],
    };
  },
});

/** Distances from the equilibrium (0, 0) after each step. */
export interface IterateCourse {
  readonly method: string;
  readonly last: Float64Array;
  /** of the mean of all iterates so far */
  readonly average: Float64Array;
}

async function courseOf(run: Run): Promise<IterateCourse> {
  const { x, y } = await pathOf(run);
  return { method: run.condition["+method"], ...iterateDistances(x, y) };
}

export function iterateDistances(x: ArrayLike<number>, y: ArrayLike<number>): Omit<IterateCourse, "method"> {
  return { last: radii(x, y), average: radii(runningMean(x), runningMean(y)) };
}

function runningMean(values: ArrayLike<number>): Float64Array {
  let sum = 0;
  return Float64Array.from({ length: values.length }, (_, i) => {
    sum += values[i];
    return sum / (i + 1);
  });
}

/** A distance below this share of the first one has come down. */
const near = 0.1;

/** Names hold commas of their own. */
const names = (some: readonly IterateCourse[]) =>
  some.length === 0 ? "none" : some.map(({ method }) => method).join("; ");

const comesDown = (distance: Float64Array) => distance[distance.length - 1] < near * distance[0];

function verdict(courses: readonly IterateCourse[]): Verdict {
  const last = courses.filter((course) => comesDown(course.last));
  const averageOnly = courses.filter((course) => !comesDown(course.last) && comesDown(course.average));
  return {
    claim: "On the pure rotation only averages of the iterates arrive, not the last one.",
    verdict: last.length === 0 ? "true" : averageOnly.length === 0 ? "false" : "depends",
    because: `The last iterate comes down to ${number(near)} of its distance under: ${names(last)}. Only the average does under: ${names(averageOnly)}.`,
  };
}

const dashes = [[], [9, 5], [3, 4], [12, 4, 3, 4]] as const;

function figure(courses: readonly IterateCourse[]): Figure {
  const arriving = courses.filter((course) => comesDown(course.last));
  return {
    file: "cures-iterates.png",
    title: `On x·y the last iterate arrives under ${arriving.length} of ${courses.length} methods`,
    caption: `Distance from the equilibrium after each step, logarithmic, cut at 10⁻⁶ and 10²: on the left of the last iterate, on the right of the mean of all so far. Arriving: ${names(arriving)}.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 620,
    panels: [
      panel("The last iterate", courses, ({ last }) => last),
      panel("The average of all iterates", courses, ({ average }) => average),
    ],
  };
}

function panel(title: string, courses: readonly IterateCourse[], of: (course: IterateCourse) => Float64Array): Panel {
  return {
    title,
    x: { title: "step", min: 0 },
    y: { title: "distance from the equilibrium", scale: "logarithmic", min: 1e-6, max: 1e2 },
    series: courses.map((course, i) =>
      line(
        course.method,
        points(
          Float64Array.from(of(course), (_, k) => k + 1),
          of(course),
        ).map((point) => (point.y >= 1e-6 && point.y <= 1e2 ? point : null)),
        seriesColours[i % seriesColours.length],
        { dash: dashes[i % dashes.length] },
      ),
    ),
  };
}
