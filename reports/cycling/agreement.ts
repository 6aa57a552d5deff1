import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { diagonal, logarithmicBounds, marks, type Panel } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { number } from "../parts/text.js";
import { type BilinearRow, bilinearNeeds, bilinearRows, largestError, type Rates } from "./rates.js";

/** Linear and adaptive methods together: measured against the closed forms. */
export const agreement = experiment({
  needs: { linear: bilinearNeeds, adaptive: bilinearNeeds },
  find({ linear, adaptive }) {
    const [linearRows, adaptiveRows] = [bilinearRows(linear.runs), bilinearRows(adaptive.runs)];
    const error = (rows: readonly BilinearRow[], field: keyof Rates) => number(largestError(rows, field), 2);
    const all = [...linearRows, ...adaptiveRows];
    const worst = Math.max(largestError(all, "angle"), largestError(all, "radius"));
    const errors = `Largest relative error of the rotation: ${error(linearRows, "angle")} for linear methods, ${error(adaptiveRows, "angle")} for adaptive ones; of the cycle's radius: ${error(adaptiveRows, "radius")}.`;
    return {
      verdicts: [],
      sections: [
        {
          heading: "Measured against the closed forms",
          figure: figure(linearRows, adaptiveRows, worst, errors),
          content: [errors],
        },
      ],
    };
  },
});

/** On logarithmic axes; points on the diagonal agree. */
function figure(
  linear: readonly BilinearRow[],
  adaptive: readonly BilinearRow[],
  worst: number,
  errors: string,
): Figure {
  return {
    file: "bilinear-agreement.png",
    title: `The bilinear game: the closed forms hold to ${number(100 * worst, 2)} %`,
    caption: `Each mark is one condition; on the dashed diagonal measurement and closed form agree. Left and middle: the angle turned per step. Right: the radius of the attracting cycle, 4η√((s + τ)/(1 − β₂)). ${errors}`,
    columns: 3,
    panelWidth: 560,
    panelHeight: 500,
    panels: [
      panel("Rotation, linear methods", "radians per step", linear, "angle"),
      panel("Rotation, adaptive methods", "radians per step", adaptive, "angle"),
      panel("Radius of the limit cycle", "distance from the equilibrium", adaptive, "radius"),
    ],
  };
}

function panel(title: string, unit: string, rows: readonly BilinearRow[], field: keyof Rates): Panel {
  const pairs = (order: BilinearRow["order"]) =>
    rows
      .filter((row) => row.order === order)
      .map(({ measured, predicted }) => ({ x: predicted[field], y: measured[field] }))
      .filter(({ x, y }) => x > 0 && y > 0 && Number.isFinite(x + y));
  const [simultaneous, alternating] = [pairs("simultaneous"), pairs("alternating")];
  const { min, max } = logarithmicBounds(
    [...simultaneous, ...alternating].flatMap(({ x, y }) => [x, y]),
    1.5,
  );
  return {
    title,
    x: { title: `closed form (${unit})`, scale: "logarithmic", min, max },
    y: { title: `measured (${unit})`, scale: "logarithmic", min, max },
    series: [
      diagonal("equal", min, max, colours.grey),
      marks("simultaneous", simultaneous, colours.blue, { radius: 7 }),
      marks("alternating", alternating, colours.vermillion, { radius: 7, shape: "triangle" }),
    ],
  };
}
