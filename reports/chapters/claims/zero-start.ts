import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { mean } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { meanSquareAverage } from "../../../src/theory/square-average.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes } from "../styles.js";

const needs = z.object({
  problem: z.object({ means: z.tuple([z.number()]), deviations: z.tuple([z.number()]), copies: z.number() }),
  optimizer: z.object({ lr: z.number(), rho: z.number(), biasCorrection: z.boolean() }),
});
type Config = z.output<typeof needs>;

/** v from zero under stationary random gradients: its mean over many parameters, with and without correction. */
export const zeroStart = defineClaim({
  name: "zero-start",
  words:
    "Started at zero, v is too small, E v = μ₂(1 − ρᵗ), so that the first steps are too large; bias correction makes it unbiased.",
  source: "first chapter, initialisation and bias correction",
  needs,
  find: async ({ runs }) => finding(await Promise.all(runs.map(start))),
});

/** v of one condition, averaged over the parameters, in units of μ₂ = μ² + σ². */
export interface Start {
  readonly rho: number;
  readonly corrected: boolean;
  readonly share: readonly number[];
  /** largest distance from the law in its own standard errors, over all steps */
  readonly worst: number;
  /** the first step in units of η */
  readonly first: number;
  /** steps until the mean step is within 10 % of its last tenth's mean */
  readonly settled: number;
}

/** What E v should be, over μ₂: 1 − ρᵗ, or 1 where it is corrected. */
export const law = (rho: number, corrected: boolean, step: number) => (corrected ? 1 : meanSquareAverage(rho, step));

/**
 * The standard error of the mean of v over independent parameters: gradients N(μ, σ²) have Var g² = 2σ⁴ + 4μ²σ², and
 * v after t steps Var g² (1 − ρ)(1 − ρ²ᵗ)/(1 + ρ).
 */
export function standardError({ problem, optimizer: { rho, biasCorrection } }: Config, step: number): number {
  const [[mean], [deviation]] = [problem.means, problem.deviations];
  const variance = 2 * deviation * deviation * deviation * deviation + 4 * mean * mean * deviation * deviation;
  const ofV = (variance * (1 - rho) * meanSquareAverage(rho, 2 * step)) / (1 + rho);
  const correction = biasCorrection ? meanSquareAverage(rho, step) : 1;
  return Math.sqrt(ofV / problem.copies) / correction / (mean * mean + deviation * deviation);
}

export async function start(run: CheckedRun<Config>): Promise<Start> {
  const { problem, optimizer } = run.config;
  const { step, square0, step0 } = await tableOf(run, problemTables.metrics, "square0", "step0");
  const meanSquare = problem.means[0] * problem.means[0] + problem.deviations[0] * problem.deviations[0];
  const { rho, biasCorrection: corrected, lr } = optimizer;
  const share = Array.from(square0, (square) => (square * lr * lr) / meanSquare);
  const errors = share.map(
    (value, i) => Math.abs(value - law(rho, corrected, step[i])) / standardError(run.config, step[i]),
  );
  const late = step0.subarray(Math.floor(0.9 * step0.length));
  const size = mean(late);
  return {
    rho,
    corrected,
    share,
    worst: Math.max(...errors),
    first: step0[0] / lr,
    settled: Array.from(step0).findIndex((one) => Math.abs(one / size - 1) <= 0.1) + 1,
  };
}

/** Standard errors beyond which some step of thousands, strongly correlated, would refute the law. */
const most = 5;

function finding(all: readonly Start[]): Finding {
  const [plain, corrected] = [all.filter((one) => !one.corrected), all.filter((one) => one.corrected)];
  const worst = Math.max(...all.map((one) => one.worst));
  const holds = worst < most && plain.every(({ first, rho }) => Math.abs(first * Math.sqrt(1 - rho) - 1) < 1e-9);
  const firsts = listText(plain.map(({ first }) => number(first, 3)));
  const rhos = listText(plain.map(({ rho }) => String(rho)));
  return {
    verdict: holds ? "true" : "false",
    decides: `first step ${firsts} η uncorrected, ${number(corrected[0].first, 3)} η corrected`,
    because: `Stationary independent gradients, ε = 0. The mean of v follows μ₂(1 − ρᵗ), and μ₂ where it is corrected, within ${number(worst, 2)} of its standard errors at every step; the first step is ${firsts} η at ρ = ${rhos} without correction, 1/√(1 − ρ), and ${number(corrected[0].first, 4)} η with it. Without it the mean step is within 10 % of its lasting size after ${listText(plain.map(({ settled }) => String(settled)))} steps.`,
    figure: {
      title: `From v = 0 the first steps are ${firsts} times η at ρ = ${rhos}; corrected they are η`,
      caption: `Gradients of mean 1 and deviation 1; v is averaged over independent parameters. Runs as marks, 1 − ρᵗ and 1 as lines. Right: by how much a step is too large, 1/√(1 − ρᵗ).`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [
        {
          title: "Mean of v, in units of μ₂",
          x: { title: "step", scale: "logarithmic", min: 1, max: plain[0].share.length },
          y: { title: "E v/μ₂", scale: "logarithmic", min: 5e-4, max: 2 },
          series: seriesOf(all, (value) => value),
        },
        {
          title: "How much too large a step is: √(μ₂/E v)",
          x: { title: "step", scale: "logarithmic", min: 1, max: plain[0].share.length },
          y: { title: "times too large", scale: "logarithmic", min: 0.8, max: 40 },
          series: seriesOf(all, (value) => 1 / Math.sqrt(value)),
        },
      ],
    },
    content: [
      {
        header: ["ρ", "correction", "first step (η)", "1/√(1 − ρ)", "largest distance from the law (standard errors)"],
        rows: all.map((one) => [
          number(one.rho),
          one.corrected ? "yes" : "no",
          number(one.first, 4),
          number(1 / Math.sqrt(1 - one.rho), 4),
          number(one.worst, 2),
        ]),
      },
    ],
  };
}

function seriesOf(all: readonly Start[], of: (share: number) => number) {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((step) => step <= all[0].share.length);
  return all.flatMap(({ rho, corrected, share }, i) => {
    const points = steps.map((step) => ({ x: step, y: of(share[step - 1]) }));
    const path = curve(1, share.length, (step) => of(law(rho, corrected, step)), "logarithmic");
    const name = `ρ = ${rho}${corrected ? ", corrected" : ""}`;
    return [
      line(corrected ? "" : name, path, seriesColours[i], { dash: dashes[i] }),
      marks(corrected ? name : "", points, seriesColours[i], { shape: corrected ? "rect" : "circle" }),
    ];
  });
}
