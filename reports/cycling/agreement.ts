import { colours } from "../parts/colours.js";
import type { Figure, Verdict } from "../parts/findings.js";
import { line, logarithmicBounds, marks, type Panel, type Series } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { type BilinearRow, bilinearNeeds, bilinearRows, largestError, type Rates, relativeError } from "./rates.js";

/** How far measurements lie from the closed forms, and how far the law of the limit cycle reaches. */
export const agreement = experiment({
  needs: { linear: bilinearNeeds, adaptive: bilinearNeeds, limits: bilinearNeeds },
  find({ linear, adaptive, limits }) {
    const linearRows = bilinearRows(linear.runs);
    const adaptiveRows = [...bilinearRows(adaptive.runs), ...bilinearRows(limits.runs)];
    const reach = reachOf(adaptiveRows);
    return {
      verdicts: [verdict(reach)],
      sections: [
        {
          heading: "How far measurements lie from the closed forms",
          figure: figure(linearRows, adaptiveRows, reach),
          content: [
            `Largest relative error of the rotation under linear methods: ${number(largestError(linearRows, "angle"), 2)}. Under adaptive methods errors grow with 8(1 − β₂)(s + τ), up to orbits that grow without end.`,
          ],
        },
      ],
    };
  },
});

/** Errors of the radius above this are no agreement. */
const tolerance = 0.05;
/** A cycle more than this many times as wide as its law is another one, or an orbit that grows without end. */
const grown = 1.5;

/** How far the law of the radius was found to hold. */
interface Reach {
  /** the smallness up to which every condition is within the tolerance */
  readonly holds: number;
  /** for each β₁ the largest β₂ at which orbits outgrow the law; NaN where at none */
  readonly critical: readonly { readonly beta1: number; readonly beta2: number }[];
}

/** Reads it from the simultaneous conditions with a predicted cycle. */
export function reachOf(rows: readonly BilinearRow[]): Reach {
  const known = rows.filter((row) => Number.isFinite(relativeError(row, "radius")) && row.smallness > 0);
  const sorted = [...known].sort((a, b) => a.smallness - b.smallness);
  const first = sorted.findIndex((row) => relativeError(row, "radius") > tolerance);
  const held = first < 0 ? sorted : sorted.slice(0, first);
  const simultaneous = known.filter(({ order }) => order === "simultaneous");
  return {
    holds: held[held.length - 1]?.smallness ?? Number.NaN,
    critical: [...groupBy(simultaneous, ({ beta1 }) => beta1)].map(([beta1, group]) => {
      const growing = group.filter(({ measured, predicted }) => measured.radius > grown * predicted.radius);
      return { beta1, beta2: growing.length === 0 ? Number.NaN : Math.max(...growing.map(({ rho }) => rho)) };
    }),
  };
}

function verdict({ holds, critical }: Reach): Verdict {
  const growing = critical.filter(({ beta2 }) => Number.isFinite(beta2));
  return {
    claim: "The law of the limit cycle's radius holds for every β₂.",
    verdict: growing.length > 0 || critical.length === 0 ? "depends" : "true",
    because: `It holds to ${number(100 * tolerance)} % up to 8(1 − β₂)(s + τ) = ${number(holds, 2)}. ${growing.length === 0 ? "No orbit outgrows it." : `With simultaneous play orbits are more than ${grown} times as wide, or grow without end, at and below ${listText(growing.map(({ beta1, beta2 }) => `β₂ = ${number(beta2)} for β₁ = ${number(beta1)}`))}, of the values tried.`}`,
  };
}

function figure(linear: readonly BilinearRow[], adaptive: readonly BilinearRow[], { holds }: Reach): Figure {
  return {
    file: "bilinear-agreement.png",
    title: `The bilinear game: eigenvalues to rounding, the limit cycle's radius to ${number(100 * tolerance)} % while 8(1 − β₂)(s + τ) is at most ${number(holds, 2)}`,
    caption:
      "Relative error |measured/closed form − 1|, logarithmic; an error of zero is drawn at 10⁻¹⁶. Left: the angle turned per step under linear methods, over that angle. Middle and right: angle and radius of the limit cycle under RMSprop and Adam, over 8(1 − β₂)(s + τ), in which the law is of leading order; the dotted line is a twentieth of it. Errors above 1 are orbits that outgrow the law.",
    columns: 3,
    panelWidth: 600,
    panelHeight: 520,
    panels: [
      panel(
        "Rotation, linear methods",
        "angle (radians per step)",
        byOrder(linear, ({ predicted }) => predicted.angle),
      ),
      panel("Rotation, adaptive methods", "8(1 − β₂)(s + τ)", [...byBeta1(adaptive, "angle"), leading]),
      panel("Radius of the limit cycle", "8(1 − β₂)(s + τ)", [...byBeta1(adaptive, "radius"), leading]),
    ],
  };
}

const leading = line(
  "a twentieth of 8(1 − β₂)(s + τ)",
  [0.002, 8].map((x) => ({ x, y: x / 20 })),
  colours.grey,
  { dash: [2, 4] },
);

const pointOf = (row: BilinearRow, x: number, field: keyof Rates) => ({
  x,
  y: Math.max(1e-16, relativeError(row, field)),
});

function byOrder(rows: readonly BilinearRow[], abscissa: (row: BilinearRow) => number): Series[] {
  return (["simultaneous", "alternating"] as const).map((order) => {
    const own = rows.filter((row) => row.order === order);
    const [colour, shape] =
      order === "simultaneous" ? ([colours.blue, "circle"] as const) : ([colours.vermillion, "triangle"] as const);
    return marks(
      order,
      own.map((row) => pointOf(row, abscissa(row), "angle")),
      colour,
      { radius: 7, shape },
    );
  });
}

const beta1Styles = [
  { colour: colours.blue, shape: "circle" },
  { colour: colours.vermillion, shape: "triangle" },
  { colour: colours.green, shape: "rect" },
  { colour: colours.purple, shape: "crossRot" },
] as const;

function byBeta1(rows: readonly BilinearRow[], field: keyof Rates): Series[] {
  const known = rows.filter((row) => Number.isFinite(relativeError(row, field)) && row.smallness > 0);
  const groups = [...groupBy(known, ({ beta1 }) => beta1)].sort(([a], [b]) => a - b);
  return groups.map(([beta1, group], i) => {
    const { colour, shape } = beta1Styles[i % beta1Styles.length];
    const own = group.map((row) => pointOf(row, row.smallness, field));
    return marks(`β₁ = ${number(beta1)}`, own, colour, { radius: 6, shape });
  });
}

const errorsOf = (series: Panel["series"]) =>
  series.flatMap((one) => (one.kind === "marks" ? one.points.flatMap((point) => point?.y ?? []) : []));

function panel(title: string, x: string, series: Panel["series"]): Panel {
  return {
    title,
    x: { title: x, scale: "logarithmic" },
    y: { title: "relative error", scale: "logarithmic", ...logarithmicBounds(errorsOf(series), 2) },
    series,
  };
}
