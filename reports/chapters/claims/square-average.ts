import { meanSquareAverage, stepsToShare } from "../../../src/theory/square-average.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";
import { type Approach, approach, needs } from "./memory.js";

/** A constant gradient from v₀ = 0: how v comes to g². */
export const squareAverage = defineClaim({
  name: "square-average",
  words: "Under a constant gradient v → g², later for larger ρ.",
  source: "first chapter, the decaying average",
  needs,
  find: async ({ runs }) => finding(await Promise.all(runs.map(approach))),
});

function finding(all: readonly Approach[]): Finding {
  const exact = all.filter(({ rho, toPercent }) => toPercent === stepsToShare(rho, 0.01));
  const slower = all.every(({ toPercent }, i) => i === 0 || toPercent > all[i - 1].toPercent);
  const error = Math.max(
    ...all.map(({ rho, share }) =>
      share.reduce((most, value, i) => Math.max(most, Math.abs(value - meanSquareAverage(rho, i + 1))), 0),
    ),
  );
  const asLaw = exact.length === all.length;
  return {
    verdict: asLaw && slower && error < 1e-9 ? "true" : "false",
    decides: `steps to 1 %: ${all.map(({ toPercent }) => toPercent).join(" / ")}, ${asLaw ? "" : "not "}as ln 0.01/ln ρ says`,
    because: `Constant gradient, v₀ = 0, one run a ρ, without noise. v/g² is 1 − ρᵗ within ${number(error, 1)}; v is within 1 % of g² after ${all.map(({ rho, toPercent }) => `${toPercent} steps at ρ = ${rho}`).join(", ")}, as ⌈ln 0.01/ln ρ⌉ says in ${exact.length} of ${all.length} cases.`,
    figure: {
      title: `v comes within 1 % of g² after ${all.map(({ toPercent }) => toPercent).join(", ")} steps${slower ? ", the later the larger ρ" : ""}`,
      caption: `A constant gradient from v₀ = 0; ρ = ${all.map(({ rho }) => rho).join(", ")}. Left: v/g², runs as marks and 1 − ρᵗ as lines. Right: steps until v is within 1 % of g², runs as marks and ⌈ln 0.01/ln ρ⌉ as a line.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [
        {
          title: "v/g² under a constant gradient",
          x: { title: "step", scale: "logarithmic", min: 1, max: all[0].share.length },
          y: { title: "v/g²", min: 0, max: 1.05 },
          series: all.flatMap(({ rho, share }, i) => [
            line(
              `ρ = ${rho}`,
              curve(1, share.length, (step) => meanSquareAverage(rho, step), "logarithmic"),
              seriesColours[i],
              { dash: dashes[i] },
            ),
            marks(
              "",
              [1, 3, 10, 30, 100, 300, 1000, 3000].map((step) => ({ x: step, y: share[step - 1] })),
              seriesColours[i],
            ),
          ]),
        },
        {
          title: "Steps to 1 %",
          x: { title: "1/(1 − ρ)", scale: "logarithmic" },
          y: { title: "steps", scale: "logarithmic" },
          series: [
            line(
              "⌈ln 0.01/ln ρ⌉",
              curve(2, 1000, (memory) => stepsToShare(1 - 1 / memory, 0.01), "logarithmic"),
              seriesColours[0],
            ),
            marks(
              "measured",
              all.map(({ rho, toPercent }) => ({ x: 1 / (1 - rho), y: toPercent })),
              seriesColours[1],
              { shape: shapes[1], radius: 6 },
            ),
          ],
        },
      ],
    },
    content: [
      {
        header: ["ρ", "steps to 1 %", "⌈ln 0.01/ln ρ⌉"],
        rows: all.map(({ rho, toPercent }) => [number(rho), String(toPercent), String(stepsToShare(rho, 0.01))]),
      },
    ],
  };
}
