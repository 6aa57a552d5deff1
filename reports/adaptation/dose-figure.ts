import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { intervals, line, logarithmicBounds, marks } from "../parts/panel.js";
import { number } from "../parts/text.js";
import { reference } from "./cartpole-runs.js";
import { type Dose, responseOf } from "./dose-measures.js";

/** The mean time to recover against the memory, beside the law of the steps lost to it. */
export function doseFigure(doses: readonly Dose[], regime: string): Figure {
  const x = logarithmicBounds(doses.map(({ memory }) => memory));
  const [{ watched, seeds }] = doses;
  const { min: low, max: high } = logarithmicBounds([
    watched,
    ...doses.flatMap(({ time, predicted }) => [time.low, predicted]),
  ]);
  const [shortest, longestMemory] = [doses[0], doses[doses.length - 1]];
  return {
    file: "cartpole-dose.png",
    title: `CartPole, ${regime}: ${number(shortest.time.estimate, 2)} steps to recover at ρ = ${shortest.rho}, ${number(longestMemory.time.estimate, 2)} at ρ = ${longestMemory.rho}; rank correlation of score and memory ${intervalText(responseOf(doses), 2)}`,
    caption: `Restricted mean time until ${reference} steps an episode, with 95 % intervals over ${seeds.length} seeds, each memory at its tuned learning rate. Dashed: T₀ + D, where D are the steps lost to the memory of the spike of gradients after the change, and T₀ is set at the shortest memory. Dotted: the end of the watching, at which a policy that never recovers counts.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 600,
    panels: [
      {
        title: "Time to recover against memory",
        x: { title: "memory 1/(1 − ρ) (environment steps)", scale: "logarithmic", ...x },
        y: { title: "environment steps to recover", scale: "logarithmic", min: low, max: high },
        series: [
          line(
            "end of the watching",
            [
              { x: x.min, y: watched },
              { x: x.max, y: watched },
            ],
            colours.grey,
            { dash: [2, 4] },
          ),
          line(
            "T₀ + D",
            doses.map(({ memory, predicted }) => ({ x: memory, y: predicted })),
            colours.vermillion,
            { dash: [10, 5] },
          ),
          ...intervals(
            doses.map(({ memory, time }) => ({
              x: memory,
              low: Math.max(low, time.low),
              high: Math.min(watched, time.high),
            })),
            colours.blue,
          ),
          marks(
            "measured",
            doses.map(({ memory, time }) => ({ x: memory, y: time.estimate })),
            colours.blue,
            { radius: 8 },
          ),
        ],
      },
    ],
  };
}
