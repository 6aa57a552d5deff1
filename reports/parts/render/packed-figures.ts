import type { Figure } from "../findings.js";
import type { Point } from "../panel.js";

// How a page carries its figures: points are most of a page's bytes, and their names most of a point's.

type Figures = Readonly<Record<string, Figure>>;

/** The fields of series that hold points. */
const pointFields: ReadonlySet<string> = new Set(["points", "lower", "upper"]);

/** As many digits as a chart shows, enlarged a thousandfold. */
const digits = 7;

/** Figures as JSON: points as x₀ y₀ x₁ y₁ …, null twice where a curve has a gap; numbers of {@link digits} digits. */
export function packFigures(figures: Figures): string {
  return JSON.stringify(figures, (key, value) => {
    if (pointFields.has(key))
      return (value as (Point | null)[]).flatMap((point) => [point?.x ?? null, point?.y ?? null]);
    return typeof value === "number" ? Number(value.toPrecision(digits)) : value;
  });
}

/** The figures of {@link packFigures}. */
export function unpackFigures(json: string): Figures {
  return JSON.parse(json, (key, value) => (pointFields.has(key) ? paired(value) : value));
}

function paired(flat: readonly (number | null)[]): (Point | null)[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => {
    const [x, y] = [flat[2 * i], flat[2 * i + 1]];
    return x === null || y === null ? null : { x, y };
  });
}
