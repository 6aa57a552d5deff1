import { spikeStep, stepsLost } from "../../../src/theory/spike.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { needs, type Spike, spikes } from "../spikes.js";
import { curve, dashes, shapes } from "../styles.js";

/** One large gradient among gradients of 1: what it moves, and what is lost afterwards. */
export const spikeAbsorbed = defineClaim({
  name: "spike-absorbed",
  words: "A spike of the gradient is absorbed by the denominator.",
  source: "second chapter, exploding gradients and the shock absorber",
  needs,
  find: async ({ runs }) => finding(await spikes(runs)),
});

function finding(all: readonly Spike[]): Finding {
  const rmsprops = all.flatMap((one) => (one.rho === null ? [] : [{ ...one, rho: one.rho }]));
  const largest = Math.max(...all.map(({ size }) => size));
  const worst = rmsprops.filter(({ size }) => size === largest);
  const bounded = rmsprops.every(({ jolt, rho }) => jolt <= (1 + 1e-12) / Math.sqrt(1 - rho));
  const smaller = rmsprops.every(({ jolt, size }) => jolt < size);
  const error = Math.max(...rmsprops.map(({ jolt, rho, size }) => Math.abs(jolt / spikeStep(rho, size) - 1)));
  const hundred = rmsprops.filter(({ size }) => size === 100);
  const list = (of: (one: (typeof rmsprops)[number]) => number, from = hundred) =>
    from.map((one) => `${number(of(one), 3)} at ρ = ${one.rho}`).join(", ");
  return {
    verdict: bounded && smaller ? "true" : "false",
    decides: `a spike of 100: SGD 100 η, RMSprop ${hundred.map(({ jolt }) => number(jolt, 3)).join(" / ")} η`,
    because: `One gradient of K among gradients of 1, v settled. At K = 100 SGD steps by 100 η, RMSprop by ${list(({ jolt }) => jolt)} η; never more than 1/√(1 − ρ), whatever K, as the law K/√(ρ + (1 − ρ)K²) says within ${number(error, 1)}. The price comes afterwards: v stays high, and RMSprop loses ${list(({ lost }) => lost)} usual steps.`,
    figure: {
      title: `A spike of ${number(largest)} moves SGD by ${number(largest)} η and RMSprop by at most ${number(Math.max(...worst.map(({ jolt }) => jolt)), 3)} η; the price is steps lost afterwards`,
      caption:
        "One gradient of K among gradients of 1. Left: the step at the spike, with its law. Right: usual steps lost after it, Σ (1 − |Δθ|/η), with 2 ln((1 + √v)/2)/(1 − ρ) as lines.",
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [
        {
          title: "Step at the spike",
          x: { title: "size K of the spike", scale: "logarithmic" },
          y: { title: "units of η", scale: "logarithmic", min: 1, max: 1000 },
          series: [...groupBy(all, ({ label }) => label)].flatMap(([label, group], i) => [
            line(
              "",
              curve(
                2,
                largest,
                (size) => (group[0].rho === null ? size : spikeStep(group[0].rho, size)),
                "logarithmic",
              ),
              seriesColours[i],
              { dash: dashes[i] },
            ),
            marks(
              label,
              group.map(({ size, jolt }) => ({ x: size, y: jolt })),
              seriesColours[i],
              { shape: shapes[i % shapes.length] },
            ),
          ]),
        },
        {
          title: "Usual steps lost after it",
          x: { title: "size K of the spike", scale: "logarithmic" },
          y: { title: "steps", scale: "logarithmic" },
          series: [...groupBy(rmsprops, ({ label }) => label)].flatMap(([label, group], i) => [
            line(
              "",
              curve(2, largest, (size) => stepsLost(group[0].rho, size), "logarithmic"),
              seriesColours[i + 1],
              { dash: dashes[i + 1] },
            ),
            marks(
              label,
              group.map(({ size, lost }) => ({ x: size, y: lost })),
              seriesColours[i + 1],
              { shape: shapes[(i + 1) % shapes.length] },
            ),
          ]),
        },
      ],
    },
    content: [
      {
        header: ["optimizer", "K", "step at the spike (η)", "law (η)", "steps lost", "law"],
        rows: all.map(({ label, rho, size, jolt, lost }) => [
          label,
          number(size),
          number(jolt, 4),
          rho === null ? number(size) : number(spikeStep(rho, size), 4),
          number(lost, 3),
          rho === null ? "0" : number(stepsLost(rho, size), 3),
        ]),
      },
    ],
  };
}
