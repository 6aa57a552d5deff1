import { centeredVariance } from "../../../src/theory/square-average.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { listText, number } from "../../parts/text.js";
import { type Group, groups, type Hazard, hazards, needs } from "../centering.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

/** Centered RMSprop: whether it measures the variance, whether that steadies, and how it fails. */
export const centred = defineClaim({
  name: "centred",
  words: "Centering makes v − m² estimate the variance, which is steadier under a persistent bias of the gradient.",
  source: "first chapter, centred RMSprop",
  needs,
  find: async ({ runs }) => finding(await groups(runs), await hazards(runs)),
});

/** Of the steadiness: a larger share counts as a difference. Its standard error is below 1 % (200 000 steps a setting). */
const margin = 0.05;

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
  const steadier = gains.filter((gain) => gain > 1 + margin).length;
  const lessSteady = gains.filter((gain) => gain < 1 - margin).length;
  const longer = strongest.advance / strongest.plain.advance;
  const nan = failures.filter(({ failed }) => failed !== null);
  const unequal = failures.filter(({ negative }) => negative > 0);
  const constant = Math.max(...failures.filter(({ failed }) => failed === null).map(({ largest }) => largest));
  return {
    verdict: error < 0.05 && steadier === gains.length ? "true" : error < 0.05 ? "depends" : "false",
    decides: `v − m² = σ² 2ρ/(1 + ρ) within ${number(100 * error, 1)} %; steps ${number(longer, 3)} times as long at μ = ${strongest.ratio}σ; steadier in ${steadier} of ${gains.length} settings`,
    because: `v − m² measures the variance: without bias its mean is σ² 2ρ/(1 + ρ) within ${number(100 * error, 2)} %. Mean over deviation of the step is ${number(Math.min(...gains), 3)} to ${number(Math.max(...gains), 3)} times that without centering, steadier by more than ${100 * margin} % in ${steadier} and less steady in ${lessSteady} of ${gains.length} settings at μ/σ = ${listText([...new Set(pairs.map(({ ratio }) => String(ratio)))])}, while the step grows by √(1 + μ²/σ²), ${number(longer, 3)}-fold at μ = ${strongest.ratio}σ. Hazards: under a constant gradient the step grows to ${number(constant, 2)} η; with ρ_m ≠ ρ v − m² is negative in ${listText(unequal.map(({ negative, gradient }) => `${number(100 * negative, 2)} % of steps (${gradient})`))}; without a clamp, as in torch, ${nan.length === 0 ? "no step failed here" : `the step is no number at ${listText(nan.map(({ failed, gradient, label }) => `step ${failed} (${label}, ${gradient})`))}, where rounding first makes v − m² negative`}.`,
    figure: {
      title: `Centering measures the variance and lengthens the steps (${number(longer, 2)}-fold at μ = ${strongest.ratio}σ); relative to their mean they are steadier in ${steadier}, less steady in ${lessSteady} of ${gains.length} settings`,
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
