import { seriesColours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { band, line, logarithmicBounds, type Panel } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { clipText } from "./cartpole-runs.js";
import { type Trace, type Traced, traced } from "./trace-measures.js";

const dashes = [[], [10, 5], [3, 4], [12, 4, 3, 4], [2, 2]] as const;

const titles: Record<Traced, string> = {
  gradientNorm: "norm of the gradient, before clipping",
  rootSquareAverage: "√v, median over the parameters",
  updateNorm: "norm of the update",
  clippedShare: "share of clipped updates",
};

/** Gradient, √v, step and clipped share around the change, a column for each clip. */
export function traceFigure(all: readonly Trace[]): Figure {
  const clips = [...groupBy(all, ({ clip }) => clip).values()];
  const left = clips.map((group) => {
    const { clip } = group[0];
    const parts = group.map(({ rho, stepLeft }) => `${number(stepLeft.estimate, 2)} (ρ = ${rho})`);
    return `${clipText(clip)}: ${parts.join(", ")}`;
  });
  return {
    file: "cartpole-trace.png",
    title: `CartPole, ${all[0].change}: 50 000 to 100 000 steps later updates are so many times as large as before — ${left.join("; ")}`,
    caption:
      "Medians over the seeds of means in windows of 1000 environment steps; shaded from the lower to the upper quartile. In the title geometric means over the seeds.",
    columns: clips.length,
    panelWidth: 760,
    panelHeight: 380,
    panels: traced.flatMap((name) => clips.map((group) => panel(name, group, all))),
  };
}

function panel(name: Traced, group: readonly Trace[], all: readonly Trace[]): Panel {
  const isShare = name === "clippedShare";
  const values = all.flatMap(({ curves }) => curves[name].flatMap(({ low, high }) => [low, high]));
  return {
    title: `${titles[name]}\n${clipText(group[0].clip)}`,
    x: { title: "environment steps since the change" },
    y: isShare
      ? { title: "share", min: 0, max: 1 }
      : { title: titles[name], scale: "logarithmic", ...logarithmicBounds(values) },
    series: group.flatMap(({ rho, curves }, i) => {
      const points = curves[name];
      const at = (key: "median" | "low" | "high") => points.map((point) => ({ x: point.since, y: point[key] }));
      return [
        band(at("low"), at("high"), seriesColours[i]),
        line(`ρ = ${rho}`, at("median"), seriesColours[i], { dash: dashes[i % dashes.length] }),
      ];
    }),
  };
}
