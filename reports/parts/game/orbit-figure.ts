import type { Run } from "../../../src/study/read.js";
import { colours } from "../colours.js";
import type { Figure } from "../findings.js";
import { line, logarithmicBounds, marks, type Panel, type Point } from "../panel.js";
import { circle, roundUp } from "../plane.js";
import { points, summaryNumber } from "../select.js";
import { number } from "../text.js";
import { planeOf } from "./tables.js";

/** How many times as far out as it began, or as its predicted cycle, a path is drawn. */
const farthest = 8;
/** Of a path of three times as many turns only the first ones are drawn, and the last one. */
const firstTurns = 6;

/**
 * One run of a small game: the path in the plane of its first two observables, with the equilibrium and the predicted
 * limit cycle, and the distance from the equilibrium over time, with the predicted growth.
 */
export async function orbitFigure(run: Run, heading: string): Promise<Figure> {
  const { step, names, x, y } = await planeOf(run);
  const centre = centreOf(run);
  const centreIs = typeof run.summary.centreIs === "string" ? run.summary.centreIs : "equilibrium";
  const distanceOf = (point: Point) => Math.hypot(point.x - centre.x, point.y - centre.y);
  const path = points(x, y, x.length).filter((point) => Number.isFinite(point.x + point.y));
  const radius = summaryNumber(run, "predicted.radius");
  const cycle = Number.isFinite(radius) ? circle(radius, centre) : [];
  const { pieces, shown } = piecesOf(path, distanceOf, radius, summaryNumber(run, "measured.period"));
  const seen = [...pieces.flatMap((piece) => piece.path), ...cycle];
  const away = ({ x, y }: Point) => Math.max(Math.abs(x - centre.x), Math.abs(y - centre.y));
  // Axes around the centre, but with round ticks: room for half a tick at both ends.
  const room = centre.x === 0 && centre.y === 0 ? 1.1 : 1.3;
  const extent = roundUp(room * seen.reduce((most, point) => Math.max(most, away(point)), 0));
  const stepSize = extent / 4;
  const axis = (title: string, at: number) => {
    const middle = stepSize * Math.round(at / stepSize);
    return { title, min: middle - extent, max: middle + extent, stepSize };
  };
  return {
    file: "orbit.png",
    title: heading,
    caption: `Left: ${shown} Right: how far it is from the ${centreIs} after each step${cycle.length > 0 ? "; dashed, the closed form of the limit cycle's radius" : Number.isFinite(summaryNumber(run, "predicted.spectralRadius")) ? "; dashed, the growth per step in closed form" : ""}.`,
    columns: 2,
    panelWidth: 660,
    panelHeight: 660,
    panels: [
      {
        title: "The path in the plane",
        x: axis(names[0], centre.x),
        y: axis(names[1], centre.y),
        series: [
          marks(centreIs, [centre], colours.black, { radius: 8, shape: "crossRot" }),
          marks("step 1", path.slice(0, 1), colours.green, { radius: 6 }),
          ...(cycle.length > 0 ? [line("predicted cycle", cycle, colours.black, { dash: [4, 7], width: 3 })] : []),
          ...pieces.map((piece) => line(piece.label, piece.path, piece.colour, { width: piece.width })).reverse(),
        ],
      },
      distancePanel(run, `The distance from the ${centreIs}`, path.map(distanceOf), step),
    ],
  };
}

/** The point around which the run's orbit is measured; the origin where its summary names none. */
function centreOf({ summary }: Run): Point {
  const [x, y] = Array.isArray(summary.centre) ? summary.centre : [];
  return { x: typeof x === "number" ? x : 0, y: typeof y === "number" ? y : 0 };
}

function piecesOf(path: readonly Point[], size: (point: Point) => number, radius: number, period: number) {
  const limit = farthest * Math.max(path.length > 0 ? size(path[0]) : 0, Number.isFinite(radius) ? radius : 0);
  const outside = path.findIndex((point) => size(point) > limit);
  const drawn = outside < 0 ? path : path.slice(0, outside + 1);
  const turn = Number.isFinite(period) ? period : 200;
  const long = drawn.length > 3 * firstTurns * turn;
  const whole = { label: `${number(drawn.length)} steps`, path: drawn, colour: colours.blue, width: 1 };
  if (outside >= 0) {
    const shown = `the first ${number(drawn.length)} of ${number(path.length)} steps, after which the path is ${farthest} times as far out as it began.`;
    return { pieces: [whole], shown };
  }
  if (!long) return { pieces: [whole], shown: `the path of all ${number(path.length)} steps.` };
  const pieces = [
    { label: "beginning", path: drawn.slice(0, Math.ceil(firstTurns * turn)), colour: colours.sky, width: 1 },
    { label: "last turn", path: drawn.slice(-Math.ceil(1.1 * turn)), colour: colours.vermillion, width: 3 },
  ];
  return {
    pieces,
    shown: `the beginning of the path, and the last turn of its ${number(path.length)} steps.`,
  };
}

function distancePanel(run: Run, title: string, distance: readonly number[], step: ArrayLike<number>): Panel {
  const last = step[distance.length - 1];
  const radius = summaryNumber(run, "predicted.radius");
  const growth = Math.log(summaryNumber(run, "predicted.spectralRadius"));
  // Where transients have died away in the runs that converge, and before the run ends in those that do not.
  const anchor = Math.floor(distance.length / 2);
  const law = (at: number) =>
    Number.isFinite(radius) ? radius : distance[anchor] * Math.exp(growth * (at - step[anchor]));
  const predicted = Array.from({ length: 101 }, (_, i) => ({ x: (last * i) / 100, y: law((last * i) / 100) }));
  const known = predicted.every(({ y }) => Number.isFinite(y) && y > 0);
  return {
    title,
    x: { title: "step", min: 0, max: last },
    y: {
      title: "distance",
      scale: "logarithmic",
      ...logarithmicBounds([...distance, ...(known ? predicted.map(({ y }) => y) : [])]),
    },
    series: [
      ...(known ? [line("closed form", predicted, colours.black, { dash: [6, 6] })] : []),
      line("measured", points(step, distance, 4000), colours.blue, { width: 1.5 }),
    ],
  };
}
