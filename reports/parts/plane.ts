import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { Point } from "./panel.js";

/** A closed circle as a curve. */
export function circle(radius: number, centre: Point = { x: 0, y: 0 }, corners = 180): Point[] {
  return Array.from({ length: corners + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return { x: centre.x + radius * cosine(angle), y: centre.y + radius * sine(angle) };
  });
}

/** To one of 1, 2, 4, 6, 8 or 10 times a power of ten, so that axes end at round numbers; 1 for nothing. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  let unit = 1;
  while (unit * 10 < value) unit *= 10;
  while (unit > value) unit /= 10;
  return unit * ([1, 2, 4, 6, 8].find((factor) => factor * unit >= value) ?? 10);
}
