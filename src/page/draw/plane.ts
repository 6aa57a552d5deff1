import { inks, type Theme } from "../../../reports/page/theme.js";

/** A square of the plane, on a square picture. */
export interface Square {
  readonly centre: readonly [number, number];
  readonly half: number;
  /** Side of the picture. */
  readonly side: number;
}

/** From the plane to the picture. */
export function toPicture({ centre, half, side }: Square, x: number, y: number): [number, number] {
  return [(side * (x - centre[0] + half)) / (2 * half), (side * (half - y + centre[1])) / (2 * half)];
}

/** And back. */
export function toPlane({ centre, half, side }: Square, right: number, down: number): [number, number] {
  return [centre[0] - half + (2 * half * right) / side, centre[1] + half - (2 * half * down) / side];
}

/** Axes through the origin, with numbers where they leave a round value. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  square: Square,
  axes: readonly string[],
  theme: Theme,
): void {
  const { side, half } = square;
  const [left, top] = toPicture(square, 0, 0);
  context.strokeStyle = inks[theme].grid;
  context.lineWidth = 1;
  const unit = roundBelow(half / 1.5);
  context.beginPath();
  for (const k of [-1, 1]) {
    const [x, y] = toPicture(square, k * unit, k * unit);
    context.moveTo(x, 0);
    context.lineTo(x, side);
    context.moveTo(0, y);
    context.lineTo(side, y);
  }
  context.stroke();
  context.strokeStyle = inks[theme].border;
  context.beginPath();
  context.moveTo(left, 0);
  context.lineTo(left, side);
  context.moveTo(0, top);
  context.lineTo(side, top);
  context.stroke();
  context.fillStyle = inks[theme].words;
  context.font = "13px system-ui, sans-serif";
  context.textAlign = "right";
  context.fillText(axes[0], side - 6, top - 6);
  context.textAlign = "left";
  context.fillText(axes[1], left + 6, 15);
  const [right, up] = toPicture(square, unit, unit);
  context.fillText(String(unit), right + 3, top + 15);
  context.fillText(String(unit), left + 4, up - 4);
}

/** The largest 1, 2 or 5 times a power of ten that is not above. */
export function roundBelow(value: number): number {
  const text = value.toExponential();
  const [lead, power] = [Number(text.slice(0, 1)), text.slice(text.indexOf("e"))];
  return Number(`${lead >= 5 ? 5 : lead >= 2 ? 2 : 1}${power}`);
}

export function traceCircle(context: CanvasRenderingContext2D, square: Square, radius: number): void {
  const [x, y] = toPicture(square, 0, 0);
  context.beginPath();
  context.arc(x, y, (radius * square.side) / (2 * square.half), 0, 2 * Math.PI);
  context.stroke();
}

/** The path through places (x, y); of a long one each point that would fall on the last is left out. */
export function tracePath(
  context: CanvasRenderingContext2D,
  square: Square,
  places: ArrayLike<number>,
  from = 0,
): void {
  context.beginPath();
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (let i = from; i < places.length; i += 2) {
    const [x, y] = toPicture(square, places[i], places[i + 1]);
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue;
    context.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
  context.stroke();
}
