import { hypot } from "../../src/math/elementary/roots.js";
import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { line, marks, type Panel } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy, points, summaryNumber } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { type Portrait, portraitPanel, portraitsOf } from "./portrait.js";
import { type BilinearRow, bilinearNeeds, bilinearRows, conditionText, largestError } from "./rates.js";

/** Methods that are linear in the game's state: the eigenvalues of one step are known exactly. */
export const linear = experiment({
  needs: { linear: bilinearNeeds },
  async find({ linear: { runs } }) {
    const rows = bilinearRows(runs);
    return {
      verdicts: [verdict(rows)],
      sections: [
        {
          heading: "Gradient descent and heavy ball on the bilinear game",
          figure: figure(await portraitsOf(runs), rows),
          content: [
            "Eigenvalues of one step, measured by delay-embedded mode decomposition of the path, against the roots of the characteristic polynomial.",
            table(rows),
          ],
        },
      ],
    };
  },
});

function verdict(rows: readonly BilinearRow[]): Verdict {
  const error = Math.max(largestError(rows, "spectralRadius"), largestError(rows, "angle"));
  return {
    claim: "The rotation and growth of linear methods on the bilinear game follow the closed form.",
    verdict: error < 1e-8 ? "true" : "false",
    because: `Over ${rows.length} conditions the largest relative error of an eigenvalue's modulus or angle is ${number(error, 2)}.`,
  };
}

type Motion = "spirals outward" | "closes up" | "comes in";

/** What a path does, by the measured growth per step; rounding leaves a closed one within 10⁻⁹ of 1. */
export function motionOf({ measured: { spectralRadius } }: BilinearRow): Motion {
  if (Math.abs(spectralRadius - 1) <= 1e-9) return "closes up";
  return spectralRadius > 1 ? "spirals outward" : "comes in";
}

/** `Simultaneous play spirals outward under every method. Alternating play closes up under …`. */
export function motionsText(rows: readonly BilinearRow[]): string {
  const sentences = [...groupBy(rows, ({ order }) => order)].map(([order, ofOrder]) => {
    const motions = [...groupBy(ofOrder, motionOf)].map(([motion, group]) => {
      const names = group.map(({ optimizer }) => optimizer);
      return `${motion} under ${group.length === ofOrder.length ? "every method" : listText(names)}`;
    });
    return `${order.charAt(0).toUpperCase()}${order.slice(1)} play ${motions.join("; it ")}.`;
  });
  return sentences.join(" ");
}

/** How many times as far out as it began a path is drawn. */
const farthest = 8;

function figure(portraits: readonly Portrait[], rows: readonly BilinearRow[]): Figure {
  const damped = rows.filter((row) => motionOf(row) === "comes in").map(conditionText);
  return {
    file: "bilinear-linear.png",
    title: `The bilinear game under linear methods: ${damped.length === 0 ? "none comes in" : `only ${listText(damped)} ${damped.length === 1 ? "comes" : "come"} in`}`,
    caption: `${motionsText(rows)} Above each the measured growth ρ and rotation θ a step. Paths are drawn until they are ${farthest} times as far out as they began.`,
    columns: 4,
    panels: portraits.map(panel),
    panelWidth: 440,
    panelHeight: 500,
  };
}

function panel({ run, x, y }: Portrait): Panel {
  const limit = farthest * hypot(x[0], y[0]);
  let end = 1;
  while (end < x.length && hypot(x[end], y[end]) <= limit) end++;
  const path = points(x, y, x.length).slice(0, end);
  const [growth, angle] = ["spectralRadius", "angle"].map((name) => summaryNumber(run, `measured.${name}`));
  const measured = `ρ = ${number(growth, 5)}, θ = ${number(angle, 3)}: ${end} steps`;
  return portraitPanel(run, { measured, widest: path }, [
    marks("start", path.slice(0, 1), colours.green, { radius: 6 }),
    marks("end", path.slice(-1), colours.vermillion, { radius: 6, shape: "triangle" }),
    line("path", path, colours.blue, { width: 1 }),
  ]);
}

function table(rows: readonly BilinearRow[]): Table {
  return {
    header: ["optimizer", "order", "ρ measured", "ρ closed form", "θ measured", "θ closed form"],
    rows: rows.map(({ optimizer, order, measured, predicted }) => [
      optimizer,
      order,
      number(measured.spectralRadius, 10),
      number(predicted.spectralRadius, 10),
      number(measured.angle, 10),
      number(predicted.angle, 10),
    ]),
  };
}
