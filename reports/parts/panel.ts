import type { ColourScale } from "./colours.js";

// A panel is plain data: it goes through JSON unchanged, and every renderer draws the same one.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a coordinate is not finite there is no point, and a curve has a gap. */
type Points = readonly (Point | null)[];

/** A curve through points. Without a label it has no entry in the legend. */
export interface Line {
  readonly kind: "line";
  readonly label: string;
  readonly points: Points;
  readonly colour: string;
  /** in pixels; default 2 */
  readonly width?: number;
  /** lengths of dashes and gaps, in pixels */
  readonly dash?: readonly number[];
}

/** Separate marks. Without a label they have no entry in the legend. */
export interface Marks {
  readonly kind: "marks";
  readonly label: string;
  readonly points: Points;
  readonly colour: string;
  /** in pixels; default 5 */
  readonly radius?: number;
  /** default circle; a ring leaves free what it is around */
  readonly shape?: "circle" | "triangle" | "rect" | "crossRot" | "ring";
}

/** The area between two curves over the same abscissae; never in the legend. */
export interface Band {
  readonly kind: "band";
  readonly lower: Points;
  readonly upper: Points;
  readonly colour: string;
}

/** What is drawn in a panel: a line, marks, or a band between two lines. */
export type Series = Line | Marks | Band;

/** An axis of a panel: title, scale, range. */
export interface Axis {
  /** What is shown, with its unit in brackets. */
  readonly title: string;
  readonly scale?: "linear" | "logarithmic";
  readonly min?: number;
  readonly max?: number;
  readonly stepSize?: number;
  /** Leave ends without a label where they are no round numbers. */
  readonly openEnds?: boolean;
  /** Words at 0, 1, 2 … instead of numbers. */
  readonly labels?: readonly string[];
}

/** Values on a regular grid of points, in any order: a coloured cell around each, none where the value is null. */
export interface HeatMap {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly value: readonly (number | null)[];
  readonly colours: ColourScale;
}

/** One chart: series over two numeric axes, a title above, the legend below. */
export interface Panel {
  /** Lines are separated by line breaks. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Beneath the series. */
  readonly heat?: HeatMap;
}

const drawable = (points: Points): Points =>
  points.map((point) => (point !== null && Number.isFinite(point.x) && Number.isFinite(point.y) ? point : null));

export function line(label: string, points: Points, colour: string, style: Pick<Line, "width" | "dash"> = {}): Line {
  return { kind: "line", label, points: drawable(points), colour, ...style };
}

export function marks(
  label: string,
  points: Points,
  colour: string,
  style: Pick<Marks, "radius" | "shape"> = {},
): Marks {
  return { kind: "marks", label, points: drawable(points), colour, ...style };
}

export function band(lower: Points, upper: Points, colour: string): Band {
  return { kind: "band", lower: drawable(lower), upper: drawable(upper), colour };
}

/** A vertical bar from low to high at each abscissa: an interval, without a legend entry. */
export function intervals(bars: readonly { x: number; low: number; high: number }[], colour: string): Line[] {
  return bars.map(({ x, low, high }) => upright("", x, low, high, colour));
}

/** A vertical line at x. */
export function upright(
  label: string,
  x: number,
  low: number,
  high: number,
  colour: string,
  style: Pick<Line, "width" | "dash"> = {},
): Line {
  return line(
    label,
    [
      { x, y: low },
      { x, y: high },
    ],
    colour,
    style,
  );
}

/** The diagonal on which both coordinates are equal. */
export function diagonal(label: string, low: number, high: number, colour: string): Line {
  return line(
    label,
    [
      { x: low, y: low },
      { x: high, y: high },
    ],
    colour,
    { dash: [6, 5] },
  );
}

/** Bounds of a logarithmic axis that leave room around the values; only positive ones count. */
export function logarithmicBounds(values: readonly number[], room = 1.4): { min: number; max: number } {
  const shown = values.filter((value) => value > 0 && Number.isFinite(value));
  return { min: Math.min(...shown) / room, max: Math.max(...shown) * room };
}

/** The least and the largest value. */
export function extent(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}
