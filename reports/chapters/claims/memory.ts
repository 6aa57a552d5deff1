import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { number, rangeText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

export const needs = z.object({ optimizer: z.object({ rho: z.number() }) });

/** A constant gradient from v₀ = 0: the weights of past squares, and which time is the memory. */
export const memoryOfSquares = defineClaim({
  name: "memory",
  words: "v weighs past squares by (1 − ρ)ρᵏ, a memory of 1/(1 − ρ) steps.",
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
  /** weight of the square that is k steps old, in units of the first */
  readonly weights: readonly number[];
  /** largest difference of a weight from (1 − ρ)ρᵏ, in units of the first */
  readonly weightError: number;
}

/** v is read off the step: |Δθ|/η = g/√v. Its increments v_t − v_{t−1}, over g², are the weights. */
export async function approach(run: CheckedRun<z.output<typeof needs>>): Promise<Approach> {
  const { rho } = run.config.optimizer;
  const { normalisedStep } = await tableOf(run, problemTables.metrics);
  const share = Array.from(normalisedStep, (step) => 1 / (step * step));
  const within = (rest: number) => share.findIndex((value) => 1 - value <= rest * (1 + 1e-9)) + 1;
  const weights = share.map((value, k) => (value - (k === 0 ? 0 : share[k - 1])) / (1 - rho));
  const meanAge = weights.reduce((sum, weight, k) => sum + k * weight, 0) * (1 - rho);
  const weightError = weights.reduce((most, weight, k) => Math.max(most, Math.abs(weight - exp(k * log(rho)))), 0);
  return { rho, share, toE: within(1 / Math.E), toPercent: within(0.01), meanAge, weights, weightError };
}

function finding(all: readonly Approach[]): Finding {
  const error = Math.max(...all.map(({ weightError }) => weightError));
  const ages = Math.max(...all.map(({ rho, meanAge }) => Math.abs(meanAge / (rho / (1 - rho)) - 1)));
  const memories = rangeText(all.map(({ rho, toPercent }) => toPercent * (1 - rho)));
  return {
    verdict: error < 1e-9 && ages < 1e-2 ? "true" : "false",
    decides: `weights are (1 − ρ)ρᵏ within ${number(error, 1)} of the first; mean age ${all.map(({ meanAge }) => number(meanAge, 3)).join(" / ")} steps`,
    because: `Read off the steps under a constant gradient from v₀ = 0, one run a ρ, without noise. The weights are (1 − ρ)ρᵏ within ${number(error, 1)} of the first. “Memory” has three meanings, which differ by more than a step only in the last: 1/(1 − ρ) = ${all.map(({ rho }) => number(1 / (1 - rho), 3)).join(", ")}; the mean age of a square, ρ/(1 − ρ), measured ${all.map(({ meanAge }) => number(meanAge, 3)).join(", ")}; and the time until v lacks 1 % of g², ${memories} of these memories, ${all.map(({ toPercent }) => toPercent).join(", ")} steps.`,
    figure: {
      title: `A square's weight falls as ρᵏ, within ${number(error, 1)}; its mean age is ρ/(1 − ρ) within ${number(100 * ages, 1)} %, and 1 % takes ${memories} memories`,
      caption: `A constant gradient from v₀ = 0; ρ = ${all.map(({ rho }) => rho).join(", ")}. Left: weight of a square in v by its age, in units of the newest's, runs as marks and ρᵏ as lines. Right: the times that are called memory, measured.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [
        {
          title: "Weight of a square by its age",
          x: { title: "age k (steps)", scale: "logarithmic", min: 0.9, max: 3000 },
          y: { title: "weight, newest = 1", scale: "logarithmic", min: 1e-3, max: 2 },
          series: all.flatMap(({ rho, weights }, i) => [
            line(
              `ρ = ${rho}`,
              curve(1, 3000, (age) => exp(age * log(rho)), "logarithmic").filter(({ y }) => y > 1e-3),
              seriesColours[i],
              { dash: dashes[i] },
            ),
            marks(
              "",
              [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]
                .map((age) => ({ x: age, y: weights[age] }))
                .filter(({ y }) => y > 1e-3),
              seriesColours[i],
              { shape: shapes[i % shapes.length] },
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
        header: ["ρ", "1/(1 − ρ)", "steps to 1/e", "mean age", "ρ/(1 − ρ)"],
        rows: all.map(({ rho, toE, meanAge }) => [
          number(rho),
          number(1 / (1 - rho)),
          String(toE),
          number(meanAge),
          number(rho / (1 - rho)),
        ]),
      },
    ],
  };
}
