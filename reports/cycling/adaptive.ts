import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { line, type Panel } from "../parts/panel.js";
import { circle } from "../parts/plane.js";
import { experiment } from "../parts/report.js";
import { groupBy, points, summaryNumber } from "../parts/select.js";
import { listText, number, rangeText } from "../parts/text.js";
import { type Portrait, portraitPanel, portraitsOf } from "./portrait.js";
import { type BilinearRow, bilinearNeeds, bilinearRows, conditionText, largestError } from "./rates.js";

/** RMSprop and Adam: an attracting limit cycle with a known radius and rotation. */
export const adaptive = experiment({
  needs: { adaptive: bilinearNeeds },
  async find({ adaptive: { runs } }) {
    const rows = bilinearRows(runs);
    return {
      verdicts: [cycleVerdict(rows), momentumVerdict(rows)],
      sections: [
        {
          heading: "RMSprop and Adam on the bilinear game",
          figure: figure(await portraitsOf(runs), rows),
          content: [
            "Law: radius A* = 4η√((s + τ)/(1 − β₂)) and rotation θ* = √((1 − β₂)/(8(s + τ))) per step, with s = ½ simultaneous, 0 alternating, and τ = β₁/(1 − β₁). It holds to leading order in 8(1 − β₂)(s + τ), whose limits are drawn below. Alternating RMSprop and alternating Adam with β₁ ≤ 0 have s + τ ≤ 0: no cycle, only the floor of about η.",
            table(rows),
          ],
        },
      ],
    };
  },
});

const hasCycle = ({ predicted }: BilinearRow) => Number.isFinite(predicted.radius);

function cycleVerdict(rows: readonly BilinearRow[]): Verdict {
  const error = largestError(rows, "radius");
  return {
    claim: "RMSprop and Adam end on an attracting cycle of radius 4η√((s + τ)/(1 − β₂)).",
    verdict: error < 0.02 ? "true" : "depends",
    because: `Over the ${rows.filter(hasCycle).length} conditions with a predicted cycle the largest relative error of the radius is ${number(100 * error, 2)} %.`,
  };
}

function momentumVerdict(rows: readonly BilinearRow[]): Verdict {
  const radius = (beta1: number, of: "measured" | "predicted") =>
    rows.find((row) => row.order === "simultaneous" && row.rho === 0.999 && row.beta1 === beta1)?.[of].radius ??
    Number.NaN;
  const law = radius(0.9, "predicted") / radius(0, "predicted");
  const [without, strong] = [radius(0, "measured"), radius(0.9, "measured")];
  return {
    claim: "Momentum, as in Adam, damps the pure rotation x·y.",
    verdict: strong < without ? "true" : "false",
    because: `At the same η and memory the simultaneous cycle has radius ${number(without, 3)} without momentum and ${number(strong, 3)} with β₁ = 0.9: ${number(strong / without, 3)} times as wide (closed form ${number(law, 3)}).`,
  };
}

/** Whether the measured radius grows with β₁ wherever order, learning rate and memory are the same. */
export function momentumWidens(rows: readonly BilinearRow[]): boolean {
  const alike = groupBy(rows.filter(hasCycle), ({ order, lr, rho }) => `${order} ${lr} ${rho}`);
  return [...alike.values()].every((group) => {
    const sorted = [...group].sort((a, b) => a.beta1 - b.beta1);
    return sorted.every((row, i) => i === 0 || row.measured.radius > sorted[i - 1].measured.radius);
  });
}

function figure(portraits: readonly Portrait[], rows: readonly BilinearRow[]): Figure {
  const steps = number(Math.max(...portraits.map(({ x }) => x.length)));
  const widens = momentumWidens(rows);
  const error = number(100 * largestError(rows, "radius"), 2);
  const chattering = rows.filter((row) => !hasCycle(row));
  const left = chattering.map(({ measured, lr }) => measured.radius / lr);
  const floor =
    chattering.length === 0
      ? ""
      : ` Without a predicted cycle: ${listText(chattering.map(conditionText))}; what stays is an oscillation of ${rangeText(left)} η.`;
  return {
    file: "bilinear-adaptive.png",
    title: `Adaptive methods go round on a circle${widens ? ", which momentum widens" : ""}: the closed form holds to ${error} %`,
    caption: `In units of the learning rate η. The last turn of ${steps} steps, the closed form of its radius, and how the path begins: with ${firstTurns} turns, or with ${firstSteps} steps where it has no period. At the same order, learning rate and memory a larger β₁ ${widens ? "always widens the circle" : "does not always widen the circle"}.${floor}`,
    columns: 5,
    panels: portraits.map(panel),
    panelWidth: 410,
    panelHeight: 470,
  };
}

/** How much of a path is drawn of its beginning: turns, or steps where it has no period. */
const [firstTurns, firstSteps] = [6, 200];

/** The beginning and the end of a path, with the predicted cycle. */
function panel({ run, x, y }: Portrait): Panel {
  const { lr } = run.config.optimizer;
  const [law, radius] = ["predicted", "measured"].map((which) => summaryNumber(run, `${which}.radius`) / lr);
  const period = summaryNumber(run, "measured.period");
  const turns = (count: number) => Math.ceil(Number.isFinite(period) ? count * period : firstSteps);
  const path = points(x, y, x.length).map((point) => ({ x: point.x / lr, y: point.y / lr }));
  const [first, last] = [path.slice(0, turns(firstTurns)), path.slice(-turns(1.1))];
  const predicted = Number.isFinite(law) ? circle(law) : [];
  const measured = `radius ${number(radius, 3)} η, law ${Number.isFinite(law) ? `${number(law, 3)} η` : "none"}`;
  return portraitPanel(run, { measured, unit: "η", widest: [...first, ...last, ...predicted] }, [
    ...(predicted.length > 0 ? [line("closed form", predicted, colours.black, { dash: [4, 7], width: 3 })] : []),
    line("last turn", last, colours.vermillion, { width: 3 }),
    line("beginning", first, colours.sky, { width: 1 }),
  ]);
}

function table(rows: readonly BilinearRow[]): Table {
  return {
    header: ["optimizer", "order", "radius measured", "radius law", "θ measured", "θ law"],
    rows: rows.map(({ optimizer, order, measured, predicted }) => [
      optimizer,
      order,
      number(measured.radius),
      number(predicted.radius),
      number(measured.angle),
      number(predicted.angle),
    ]),
  };
}
