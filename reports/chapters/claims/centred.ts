import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { mean } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { centeredVariance } from "../../../src/theory/square-average.js";
import { seriesColours } from "../../parts/colours.js";
import { extent, line, marks } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { summaryNumber } from "../../parts/select.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

const needs = z.object({
  problem: z.object({ means: z.array(z.number()), deviations: z.array(z.number()), copies: z.number() }),
  optimizer: z.object({
    lr: z.number(),
    rho: z.number(),
    centered: z.boolean(),
    rhoMean: z.number(),
    clampVariance: z.boolean(),
  }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** Centered RMSprop: whether it measures the variance, whether that steadies, and how it fails. */
export const centred = defineClaim({
  name: "centred",
  words: "Centering makes v − m² estimate the variance, which is steadier under a persistent bias of the gradient.",
  source: "first chapter, centred RMSprop",
  needs,
  find: async ({ runs }) => finding(await groups(runs), await hazards(runs)),
});

/** One optimizer on gradients of one ratio μ/σ, over the last half of the run. */
export interface Group {
  readonly label: string;
  readonly rho: number;
  readonly rhoMean: number | null;
  readonly ratio: number;
  /** mean of (g/Δθ)² η² over σ²: v or v − m², where it is one number */
  readonly variance: number;
  /** mean step along the mean gradient, and its standard deviation, in units of η */
  readonly advance: number;
  readonly spread: number;
}

/** The noisy runs with a clamp, which without one are the same until they fail. */
export async function groups(runs: readonly Run[]): Promise<Group[]> {
  const noisy = runs.filter((run) => run.config.problem.means.length > 1 && run.config.optimizer.clampVariance);
  const all = await Promise.all(
    noisy.map(async (run) => {
      const { problem, optimizer } = run.config;
      const columns = problem.means.flatMap((_, k) => [`square${k}`, `advance${k}`, `spread${k}`]);
      const table = await tableOf(run, problemTables.metrics, ...columns);
      const late = (name: string) => mean(table[name].subarray(Math.floor(table[name].length / 2)));
      const { lr, rho, centered, rhoMean } = optimizer;
      return problem.means.map((bias, k) => ({
        label: run.condition.optimizer,
        rho,
        rhoMean: centered ? rhoMean : null,
        ratio: bias / problem.deviations[k],
        variance: (late(`square${k}`) * lr * lr) / (problem.deviations[k] * problem.deviations[k]),
        advance: late(`advance${k}`) / lr,
        spread: late(`spread${k}`) / lr,
      }));
    }),
  );
  return all.flat();
}

/** How a run of centered RMSprop fails. */
export interface Hazard {
  readonly label: string;
  readonly gradient: string;
  /** the step at which the run's step was NaN; null where none was */
  readonly failed: number | null;
  /** share of steps and parameters at which v − m² was negative; NaN where the run ended by it */
  readonly negative: number;
  /** the largest step in units of η */
  readonly largest: number;
}

export async function hazards(runs: readonly Run[]): Promise<Hazard[]> {
  const centered = runs.filter(({ config }) => config.optimizer.centered);
  return Promise.all(
    centered.map(async (run) => {
      const { problem } = run.config;
      const { normalisedStep } = await tableOf(run, problemTables.metrics);
      const events = problem.means.length * problem.copies * normalisedStep.length;
      const failed = run.outcome.kind === "diverged" ? run.outcome.step : null;
      return {
        label: run.condition.optimizer,
        gradient: run.condition.problem,
        failed,
        negative: failed === null ? summaryNumber(run, "clamped") / events : Number.NaN,
        largest: extent(normalisedStep)[1] / Math.sqrt(problem.means.length * problem.copies),
      };
    }),
  );
}

function finding(all: readonly Group[], failures: readonly Hazard[]): Finding {
  const matched = all.filter(({ rho, rhoMean }) => rhoMean === rho);
  const pairs = matched.flatMap((one) => {
    const plain = all.find(({ rho, rhoMean, ratio }) => rhoMean === null && rho === one.rho && ratio === one.ratio);
    return plain === undefined || one.ratio === 0 ? [] : [{ ...one, plain }];
  });
  const shown = all.filter(({ rho, rhoMean }) => rhoMean === null || rhoMean === rho);
  const error = Math.max(
    ...matched
      .filter(({ ratio }) => ratio === 0)
      .map(({ rho, variance }) => Math.abs(variance / centeredVariance(rho) - 1)),
  );
  const strongest = pairs.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const steadiness = ({ advance, spread }: Pick<Group, "advance" | "spread">) => advance / spread;
  const gains = pairs.map((one) => steadiness(one) / steadiness(one.plain));
  const steadier = Math.min(...gains) > 1.05;
  const longer = strongest.advance / strongest.plain.advance;
  const nan = failures.filter(({ failed }) => failed !== null);
  const unequal = failures.filter(({ negative }) => negative > 0);
  const constant = Math.max(...failures.filter(({ failed }) => failed === null).map(({ largest }) => largest));
  return {
    verdict: error < 0.05 && steadier ? "true" : error < 0.05 ? "depends" : "false",
    decides: `v − m² = σ² 2ρ/(1 + ρ) within ${number(100 * error, 1)} %; steps ${number(longer, 3)} times as long at μ = ${strongest.ratio}σ, as uneven as before`,
    because: `v − m² measures the variance: without bias its mean is σ² 2ρ/(1 + ρ) within ${number(100 * error, 2)} %. Steadier it is not: mean over deviation of the step is ${number(Math.min(...gains), 3)} to ${number(Math.max(...gains), 3)} times that without centering at μ/σ = ${listText([...new Set(pairs.map(({ ratio }) => String(ratio)))])}, while the step grows by √(1 + μ²/σ²), ${number(longer, 3)}-fold at μ = ${strongest.ratio}σ. Hazards: under a constant gradient the step grows to ${number(constant, 2)} η; with ρ_m ≠ ρ v − m² is negative in ${listText(unequal.map(({ negative, gradient }) => `${number(100 * negative, 2)} % of steps (${gradient})`))}; without a clamp, as in torch, ${nan.length === 0 ? "no step failed here" : `the step is no number at ${listText(nan.map(({ failed, gradient, label }) => `step ${failed} (${label}, ${gradient})`))}, where rounding first makes v − m² negative`}.`,
    figure: {
      title: `Centering measures the variance and lengthens the steps (${number(longer, 2)}-fold at μ = ${strongest.ratio}σ); relative to their mean they are no steadier`,
      caption: `Independent gradients N(μ, σ²), the last half of the run. Left: the mean step against the bias, with 1/√(1 + σ²/μ²) and μ/σ as lines. Right: mean over standard deviation of the step, with the gradient's own μ/σ as a line.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [
        {
          title: "Mean step along the bias",
          x: { title: "bias μ/σ", scale: "logarithmic" },
          y: { title: "mean step (units of η)", scale: "logarithmic" },
          series: [
            line(
              "μ/√(μ² + σ²)",
              curve(0.3, 10, (ratio) => ratio / Math.sqrt(1 + ratio * ratio), "logarithmic"),
              seriesColours[0],
              { dash: dashes[1] },
            ),
            line(
              "μ/σ",
              curve(0.3, 10, (ratio) => ratio, "logarithmic"),
              seriesColours[1],
              { dash: dashes[2] },
            ),
            ...byLabel(shown, ({ advance }) => advance),
          ],
        },
        {
          title: "Steadiness: mean over deviation of the step",
          x: { title: "bias μ/σ", scale: "logarithmic" },
          y: { title: "mean/deviation", scale: "logarithmic" },
          series: [
            line(
              "μ/σ",
              curve(0.3, 10, (ratio) => ratio, "logarithmic"),
              seriesColours[6],
              { dash: dashes[2] },
            ),
            ...byLabel(shown, steadiness),
          ],
        },
      ],
    },
    content: [
      {
        header: ["optimizer", "μ/σ", "v or v − m² (σ²)", "mean step (η)", "deviation (η)"],
        rows: all.map((one) => [
          one.label,
          number(one.ratio),
          number(one.variance),
          number(one.advance),
          number(one.spread),
        ]),
      },
      {
        header: ["optimizer", "gradient", "no number at step", "v − m² < 0", "largest step (η)"],
        rows: failures.map(({ label, gradient, failed, negative, largest }) => [
          label,
          gradient,
          failed === null ? "—" : String(failed),
          Number.isNaN(negative) ? "—" : `${number(100 * negative, 3)} %`,
          number(largest, 3),
        ]),
      },
    ],
  };
}

function byLabel(all: readonly Group[], of: (group: Group) => number) {
  return [...new Set(all.map(({ label }) => label))].map((label, i) =>
    marks(
      label,
      all.filter((one) => one.label === label && one.ratio > 0).map((one) => ({ x: one.ratio, y: of(one) })),
      seriesColours[i],
      { shape: shapes[i % shapes.length] },
    ),
  );
}
