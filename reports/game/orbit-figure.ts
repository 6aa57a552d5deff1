import type { Run } from "../../src/study/read.js";
import { number } from "../markdown.js";
import { circle, roundUp } from "../plane.js";
import type { Figure } from "../png.js";
import { points, summaryNumber } from "../select.js";
import { chart, colours, line, logarithmicBounds, marks, type Point } from "../theme.js";

/** How many times as far out as it began, or as its predicted cycle, a path is drawn. */
const farthest = 8;
/** Of a path of three times as many turns only so many are drawn, and the last one. */
const firstTurns = 6;

/**
 * One run of a game of two numbers: the path in the plane, with the equilibrium at the origin and the predicted limit
 * cycle, and the distance from the equilibrium over time, with the predicted growth.
 *
 * @param names the two observables: columns of `metrics`
 */
export async function orbitFigure(run: Run, heading: string, names: readonly [string, string]): Promise<Figure> {
  const metrics = await run.table("metrics");
  const [x, y] = names.map((name) => metrics[name]);
  const path = points(x, y, x.length).filter((point) => Number.isFinite(point.x + point.y));
  const radius = summaryNumber(run, "predicted.radius");
  const cycle = Number.isFinite(radius) ? circle(radius) : [];
  const { pieces, told } = piecesOf(path, radius, summaryNumber(run, "measured.period"));
  const seen = [...pieces.flatMap((piece) => piece.path), ...cycle];
  const extent = roundUp(1.1 * seen.reduce((most, point) => Math.max(most, Math.abs(point.x), Math.abs(point.y)), 0));
  const axis = (title: string) => ({ title, min: -extent, max: extent, stepSize: extent / 4 });
  return {
    file: "orbit.png",
    title: heading,
    caption: `Left: ${told} Right: how far it is from the equilibrium after each step${cycle.length > 0 ? "; dashed, the closed form of the limit cycle's radius" : Number.isFinite(summaryNumber(run, "predicted.spectralRadius")) ? "; dashed, the growth per step in closed form" : ""}.`,
    columns: 2,
    panelWidth: 660,
    panelHeight: 660,
    panels: [
      chart("The path in the plane", axis(names[0]), axis(names[1]), [
        marks("equilibrium", [{ x: 0, y: 0 }], colours.black, { radius: 8, shape: "crossRot" }),
        marks("step 1", path.slice(0, 1), colours.green, { radius: 6 }),
        ...(cycle.length > 0 ? [line("predicted cycle", cycle, colours.black, { dash: [4, 7], width: 3 })] : []),
        ...pieces.map((piece) => line(piece.label, piece.path, piece.colour, { width: piece.width })).reverse(),
      ]),
      distancePanel(run, path, metrics.step),
    ],
  };
}

function piecesOf(path: readonly Point[], radius: number, period: number) {
  const size = ({ x, y }: Point) => Math.hypot(x, y);
  const limit = farthest * Math.max(path.length > 0 ? size(path[0]) : 0, Number.isFinite(radius) ? radius : 0);
  const outside = path.findIndex((point) => size(point) > limit);
  const drawn = outside < 0 ? path : path.slice(0, outside + 1);
  const turn = Number.isFinite(period) ? period : 200;
  const long = drawn.length > 3 * firstTurns * turn;
  const whole = { label: `${number(drawn.length)} steps`, path: drawn, colour: colours.blue, width: 1 };
  if (outside >= 0) {
    const told = `the first ${number(drawn.length)} of ${number(path.length)} steps, after which the path is ${farthest} times as far out as it began.`;
    return { pieces: [whole], told };
  }
  if (!long) return { pieces: [whole], told: `the path of all ${number(path.length)} steps.` };
  const pieces = [
    { label: "beginning", path: drawn.slice(0, Math.ceil(firstTurns * turn)), colour: colours.sky, width: 1 },
    { label: "last turn", path: drawn.slice(-Math.ceil(1.1 * turn)), colour: colours.vermillion, width: 3 },
  ];
  return {
    pieces,
    told: `the beginning of the path, and the last turn of its ${number(path.length)} steps.`,
  };
}

function distancePanel(run: Run, path: readonly Point[], step: ArrayLike<number>): Figure["panels"][number] {
  const distance = path.map(({ x, y }) => Math.hypot(x, y));
  const last = step[path.length - 1];
  const radius = summaryNumber(run, "predicted.radius");
  const growth = Math.log(summaryNumber(run, "predicted.spectralRadius"));
  // Where transients have died away in the runs that converge, and before the run ends in those that do not.
  const anchor = Math.floor(path.length / 2);
  const law = (at: number) =>
    Number.isFinite(radius) ? radius : distance[anchor] * Math.exp(growth * (at - step[anchor]));
  const predicted = Array.from({ length: 101 }, (_, i) => ({ x: (last * i) / 100, y: law((last * i) / 100) }));
  const known = predicted.every(({ y }) => Number.isFinite(y) && y > 0);
  return chart(
    "The distance from the equilibrium",
    { title: "step", min: 0, max: last },
    {
      title: "distance",
      scale: "logarithmic",
      ...logarithmicBounds([...distance, ...(known ? predicted.map(({ y }) => y) : [])]),
    },
    [
      ...(known ? [line("closed form", predicted, colours.black, { dash: [6, 6] })] : []),
      line("measured", points(step, distance, 4000), colours.blue, { width: 1.5 }),
    ],
  );
}
