import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { meanSquareAverage, stepsToShare } from "../../../src/theory/square-average.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

const needs = z.object({ optimizer: z.object({ rho: z.number() }) });

/** A constant gradient from v₀ = 0: how v comes to g², and which time is the memory. */
export const memoryOfSquares = defineClaim({
  name: "memory",
  words:
    "v weighs past squares by (1 − ρ)ρᵏ, a memory of 1/(1 − ρ) steps; under a constant gradient v → g², later for larger ρ.",
  source: "first chapter, the decaying average",
  needs,
  find: async ({ runs }) => finding(await Promise.all(runs.map(approach))),
});

/** How v approaches g² at one ρ. */
export interface Approach {
  readonly rho: number;
  /** v/g² after each step */
  readonly share: readonly number[];
  /** steps until v/g² lies within 1/e and within 1 % of 1 */
  readonly toE: number;
  readonly toPercent: number;
  /** Σ k · weight of the square that is k steps old: their mean age */
  readonly meanAge: number;
  /** largest difference of a weight from (1 − ρ)ρᵏ, in units of the first */
  readonly weightError: number;
}

/** v is read off the step: |Δθ|/η = g/√v. Its increments v_t − v_{t−1}, over g², are the weights. */
export async function approach(run: CheckedRun<z.output<typeof needs>>): Promise<Approach> {
  const { rho } = run.config.optimizer;
  const { normalisedStep } = await tableOf(run, problemTables.metrics);
  const share = Array.from(normalisedStep, (step) => 1 / (step * step));
  const within = (rest: number) => share.findIndex((value) => 1 - value <= rest * (1 + 1e-9)) + 1;
  let [meanAge, weightError] = [0, 0];
  share.forEach((value, k) => {
    const weight = value - (k === 0 ? 0 : share[k - 1]);
    meanAge += k * weight;
    weightError = Math.max(weightError, Math.abs(weight / (1 - rho) - exp(k * log(rho))));
  });
  return { rho, share, toE: within(1 / Math.E), toPercent: within(0.01), meanAge, weightError };
}

function finding(all: readonly Approach[]): Finding {
  const exact = all.filter(({ rho, toPercent }) => toPercent === stepsToShare(rho, 0.01));
  const slower = all.every(({ toPercent }, i) => i === 0 || toPercent > all[i - 1].toPercent);
  const weights = Math.max(...all.map(({ weightError }) => weightError));
  const times = all.map(({ rho, toPercent }) => `${toPercent} at ρ = ${rho}`).join(", ");
  const holds = exact.length === all.length && slower && weights < 1e-9;
  return {
    verdict: holds ? "true" : "false",
    decides: `steps to 1 %: ${all.map(({ toPercent }) => toPercent).join(" / ")}, as ln 0.01/ln ρ says`,
    because: `Constant gradient, v₀ = 0. The weights are (1 − ρ)ρᵏ within ${number(weights, 1)} of the first; v is within 1 % of g² after ${times} steps, as ⌈ln 0.01/ln ρ⌉ says in ${exact.length} of ${all.length} cases. 1/(1 − ρ) is one of two memories that differ by a step: the mean age of a square is ρ/(1 − ρ), ${all.map(({ meanAge }) => number(meanAge, 3)).join(", ")}; and after 1/(1 − ρ) steps v still lacks about 1/e, so that 1 % takes 4.6 memories.`,
    figure: {
      title: `v comes within 1 % of g² after ${all.map(({ toPercent }) => toPercent).join(", ")} steps: 4.6 memories, the longer the larger ρ`,
      caption: `A constant gradient from v₀ = 0; ρ = ${all.map(({ rho }) => rho).join(", ")}. Left: v/g², runs as marks and 1 − ρᵗ as lines. Right: the times that are called memory, measured.`,
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
          title: "Memories: to 1 %, to 1/e, and the mean age",
          x: { title: "1/(1 − ρ)", scale: "logarithmic" },
          y: { title: "steps", scale: "logarithmic", min: 0.5 },
          series: [
            line(
              "4.6/(1 − ρ)",
              curve(2, 1000, (memory) => log(100) * memory, "logarithmic"),
              seriesColours[0],
              { dash: dashes[1] },
            ),
            line(
              "1/(1 − ρ)",
              curve(2, 1000, (memory) => memory, "logarithmic"),
              seriesColours[1],
            ),
            ...(["toPercent", "toE", "meanAge"] as const).map((kind, i) =>
              marks(
                { toPercent: "steps to 1 %", toE: "steps to 1/e", meanAge: "mean age" }[kind],
                all.map((one) => ({ x: 1 / (1 - one.rho), y: one[kind] })),
                seriesColours[i],
                { shape: shapes[i] },
              ),
            ),
          ],
        },
      ],
    },
    content: [
      {
        header: ["ρ", "1/(1 − ρ)", "steps to 1 %", "⌈ln 0.01/ln ρ⌉", "steps to 1/e", "mean age", "ρ/(1 − ρ)"],
        rows: all.map(({ rho, toPercent, toE, meanAge }) => [
          number(rho),
          number(1 / (1 - rho)),
          String(toPercent),
          String(stepsToShare(rho, 0.01)),
          String(toE),
          number(meanAge),
          number(rho / (1 - rho)),
        ]),
      },
    ],
  };
}
