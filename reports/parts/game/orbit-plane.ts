import { cbrt, hypot } from "../../../src/math/elementary/roots.js";
import type { Run } from "../../../src/study/read.js";
import type { Column } from "../../../src/study/tables.js";
import { colours } from "../colours.js";
import { line, marks, type Panel, type Point } from "../panel.js";
import { circle, roundUp } from "../plane.js";
import { points, summaryNumber } from "../select.js";
import { number } from "../text.js";
import { fieldOf, planeOf } from "./tables.js";

/** How many times as far out as it began, or as its predicted cycle, a path is drawn. */
const farthest = 8;
/** Of a path of three times as many turns only the first ones are drawn, and the last one. */
const firstTurns = 6;

/** A stretch of a path as it is drawn. */
interface Piece {
  readonly label: string;
  readonly path: readonly Point[];
  /** where it begins in the whole path */
  readonly from: number;
  readonly colour: string;
  readonly width: number;
}

/** The path of a small game in the plane of its first two observables. */
export interface Orbit {
  readonly names: readonly [string, string];
  readonly steps: Column;
  readonly path: readonly Point[];
  /** from the centre, at each point of the path */
  readonly distances: readonly number[];
  readonly centre: Point;
  readonly centreIs: string;
  /** the predicted limit cycle; empty where there is none */
  readonly cycle: readonly Point[];
  /** the game's flow at points of a grid; empty where it is not stored */
  readonly field: readonly { readonly at: Point; readonly flow: Point }[];
  readonly pieces: readonly Piece[];
  /** what is drawn of the path, in words */
  readonly shown: string;
}

export async function readOrbit(run: Run): Promise<Orbit> {
  const { step, names, x, y } = await planeOf(run);
  const centre = centreOf(run);
  const path = points(x, y, x.length).filter((point) => Number.isFinite(point.x + point.y));
  const distances = path.map((point) => hypot(point.x - centre.x, point.y - centre.y));
  const radius = summaryNumber(run, "predicted.radius");
  return {
    names,
    steps: step,
    path,
    distances,
    centre,
    centreIs: typeof run.summary.centreIs === "string" ? run.summary.centreIs : "equilibrium",
    cycle: Number.isFinite(radius) ? circle(radius, centre) : [],
    field: await fieldOf(run),
    ...piecesOf(path, distances, radius, summaryNumber(run, "measured.period")),
  };
}

/**
 * The plane with the path's first points; axes are those of the whole.
 *
 * @param until how many points of the path are drawn
 */
export function orbitPlane({ names, path, centre, centreIs, cycle, field, pieces }: Orbit, until: number): Panel {
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
    title: "The path in the plane",
    x: axis(names[0], centre.x),
    y: axis(names[1], centre.y),
    series: [
      marks(centreIs, [centre], colours.black, { radius: 8, shape: "crossRot" }),
      marks("step 1", path.slice(0, 1), colours.green, { radius: 6 }),
      ...(cycle.length > 0 ? [line("predicted cycle", cycle, colours.black, { dash: [4, 7], width: 3 })] : []),
      ...pieces
        .map((piece) =>
          line(piece.label, piece.path.slice(0, Math.max(0, until - piece.from)), piece.colour, { width: piece.width }),
        )
        .reverse(),
      ...(field.length > 0 ? [line("flow", arrows(field), colours.grey, { width: 1 })] : []),
    ],
  };
}

/** The point around which the run's orbit is measured; the origin where its summary names none. */
function centreOf({ summary }: Run): Point {
  const [x, y] = Array.isArray(summary.centre) ? summary.centre : [];
  return { x: typeof x === "number" ? x : 0, y: typeof y === "number" ? y : 0 };
}

function piecesOf(
  path: readonly Point[],
  distances: readonly number[],
  radius: number,
  period: number,
): Pick<Orbit, "pieces" | "shown"> {
  const limit = farthest * Math.max(distances[0] ?? 0, Number.isFinite(radius) ? radius : 0);
  const outside = distances.findIndex((distance) => distance > limit);
  const drawn = outside < 0 ? path : path.slice(0, outside + 1);
  const turn = Number.isFinite(period) ? period : 200;
  const long = drawn.length > 3 * firstTurns * turn;
  const whole = { label: `${number(drawn.length)} steps`, path: drawn, from: 0, colour: colours.blue, width: 1 };
  if (outside >= 0) {
    const shown = `the first ${number(drawn.length)} of ${number(path.length)} steps, after which the path is ${farthest} times as far out as it began.`;
    return { pieces: [whole], shown };
  }
  if (!long) return { pieces: [whole], shown: `the path of all ${number(path.length)} steps.` };
  const last = Math.ceil(1.1 * turn);
  return {
    pieces: [
      {
        label: "beginning",
        path: drawn.slice(0, Math.ceil(firstTurns * turn)),
        from: 0,
        colour: colours.sky,
        width: 1,
      },
      { label: "last turn", path: drawn.slice(-last), from: drawn.length - last, colour: colours.vermillion, width: 3 },
    ],
    shown: `the beginning of the path, and the last turn of its ${number(path.length)} steps.`,
  };
}

/** Arrows as one curve with gaps: the longest nearly spans the spacing, others go by the cube root of their strength. */
function arrows(field: Orbit["field"]): (Point | null)[] {
  const strength = ({ flow }: (typeof field)[number]) => hypot(flow.x, flow.y);
  const strongest = Math.max(...field.map(strength));
  const columns = [...new Set(field.map(({ at }) => at.x))].sort((a, b) => a - b);
  const spacing = columns[1] - columns[0];
  return field.flatMap((arrow) => {
    const own = strength(arrow);
    if (!(own > 0)) return [];
    const length = 0.8 * spacing * cbrt(own / strongest);
    const [dx, dy] = [(length * arrow.flow.x) / own, (length * arrow.flow.y) / own];
    const tail = { x: arrow.at.x - dx / 2, y: arrow.at.y - dy / 2 };
    const tip = { x: tail.x + dx, y: tail.y + dy };
    const barb = (side: 1 | -1) => ({ x: tip.x - 0.3 * dx - side * 0.15 * dy, y: tip.y - 0.3 * dy + side * 0.15 * dx });
    return [tail, tip, barb(1), null, tip, barb(-1), null];
  });
}
