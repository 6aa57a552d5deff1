import { hypot } from "../../../src/math/elementary/roots.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { type GroupSteps, groupSteps, needs } from "../group-steps.js";
import { curve, dashes, shapes } from "../styles.js";

/** Gradients of one mean and more and more variance. */
export const varianceSignal = defineClaim({
  name: "variance-signal",
  words: "A high variance of the gradient is a signal on which RMSprop takes bigger steps.",
  source: "first chapter, saddle points and plateaus",
  needs,
  find: async ({ runs }) => finding(await groupSteps(runs)),
});

/** The mean step along the mean gradient once v has its mean, in units of η: μ/√(μ² + σ²). */
export const advanceLaw = (mean: number, deviation: number) => mean / hypot(mean, deviation);

function finding(all: readonly GroupSteps[]): Finding {
  const optimizers = [...new Set(all.map(({ optimizer }) => optimizer))];
  const of = (optimizer: string) =>
    all.filter((one) => one.optimizer === optimizer).sort((a, b) => a.deviation - b.deviation);
  const rows = of(optimizers[0]);
  const falls = rows.every(
    ({ step, advance }, k) => k === 0 || (step < 1.02 * rows[k - 1].step && advance < rows[k - 1].advance),
  );
  const grows = rows.every(({ step }, k) => k === 0 || step > rows[k - 1].step);
  const drawn = (optimizer: string) => of(optimizer).filter(({ deviation }) => deviation > 0);
  const [calm, wild] = [rows[0], rows[rows.length - 1]];
  const noisy = all.filter(({ deviation }) => deviation > 0 && deviation <= 3 * calm.mean);
  const error = Math.max(
    ...noisy.map(({ mean, deviation, advance }) => Math.abs(advance / advanceLaw(mean, deviation) - 1)),
  );
  return {
    verdict: grows ? "true" : falls ? "false" : "depends",
    decides: `σ from 0 to ${number(wild.deviation / wild.mean)}μ: steps from ${number(calm.step, 2)} to ${number(wild.step, 2)} η, of which along the mean ${number(wild.advance, 2)} η`,
    because: `Independent gradients of mean μ; ${optimizers.join(", ")}; n = ${number(calm.samples)} steps of independent parameters for each σ, so that standard errors are at most ${number(1 / Math.sqrt(calm.samples), 1)} η. From σ = 0 to ${number(wild.deviation / wild.mean)}μ the mean |Δθ| goes from ${number(calm.step, 3)} to ${number(wild.step, 3)} η, towards √(2/π), and the way along the mean from ${number(calm.advance, 3)} to ${number(wild.advance, 2)} η, as μ/√(μ² + σ²) within ${number(100 * error, 2)} % up to σ = 3μ: the opposite of the claim. v is a mean square, not a variance, and it divides.`,
    figure: {
      title: `More variance makes RMSprop's steps smaller, not bigger: ${number(calm.step, 2)} → ${number(wild.step, 2)} η, along the mean ${number(calm.advance, 2)} → ${number(wild.advance, 2)} η`,
      caption:
        "Independent gradients N(μ, σ²), last half of the run; σ = 0 is in the table. Left: mean step whatever its sign; the line is √(2/π), that of pure noise. Right: mean step along the mean gradient; the line is μ/√(μ² + σ²).",
      columns: 2,
      panelWidth: 800,
      panelHeight: 540,
      panels: [
        {
          title: "Mean |Δθ|",
          x: { title: "σ/μ", scale: "logarithmic" },
          y: { title: "units of η", min: 0.7, max: 1.1 },
          series: [
            line(
              "√(2/π)",
              curve(0.1, 30, () => Math.sqrt(2 / Math.PI), "logarithmic"),
              seriesColours[6],
              { dash: dashes[2] },
            ),
            ...optimizers.map((optimizer, i) =>
              marks(
                optimizer,
                drawn(optimizer).map(({ mean, deviation, step }) => ({ x: deviation / mean, y: step })),
                seriesColours[i],
                { shape: shapes[i], radius: 6 },
              ),
            ),
          ],
        },
        {
          title: "Along the mean gradient",
          x: { title: "σ/μ", scale: "logarithmic" },
          y: { title: "units of η", scale: "logarithmic" },
          series: [
            line(
              "μ/√(μ² + σ²)",
              curve(0.1, 30, (ratio) => advanceLaw(1, ratio), "logarithmic"),
              seriesColours[6],
              { dash: dashes[2] },
            ),
            ...optimizers.map((optimizer, i) =>
              marks(
                optimizer,
                drawn(optimizer).map(({ mean, deviation, advance }) => ({ x: deviation / mean, y: advance })),
                seriesColours[i],
                { shape: shapes[i], radius: 6 },
              ),
            ),
          ],
        },
      ],
    },
    content: [
      {
        header: ["optimizer", "σ/μ", "mean |Δθ| (η)", "along the mean (η)", "μ/√(μ² + σ²)"],
        rows: all.map(({ optimizer, mean, deviation, step, advance }) => [
          optimizer,
          number(deviation / mean),
          number(step, 3),
          number(advance, 3),
          number(advanceLaw(mean, deviation), 3),
        ]),
      },
    ],
  };
}
