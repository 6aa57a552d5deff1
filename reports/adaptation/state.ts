import { seriesColours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { type Axis, line, logarithmicBounds, type Panel } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { cartpoleNeeds } from "./cartpole.js";
import { peakSteps, type Trace, type TracePoint, traces } from "./state-measures.js";

/** RMSprop's own state around the jumps of CartPole's physics. */
export const state = experiment({
  needs: { cartpole: cartpoleNeeds },
  async find({ cartpole: { runs } }) {
    const all = await traces(runs);
    const peaks = largestPeaks(all);
    return {
      verdicts: [verdict(all, peaks)],
      sections: [
        {
          heading: "RMSprop's state in CartPole around the jumps",
          figure: figure(all, peaks),
          content: [table(all)],
        },
      ],
    };
  },
});

/** The largest of the jumps' peaks of the update norm, in units of its level before. */
export interface Peak {
  readonly rho: number;
  readonly peak: number;
  readonly bound: number;
}

/** By ρ, the smallest first. */
export function largestPeaks(all: readonly Trace[]): Peak[] {
  return [...groupBy(all, ({ rho }) => rho)]
    .map(([rho, group]) => ({
      rho,
      peak: Math.max(...group.map(({ peak }) => peak.estimate)),
      bound: 1 / Math.sqrt(1 - rho),
    }))
    .sort((a, b) => a.rho - b.rho);
}

const growing = (peaks: readonly Peak[]) => peaks.every(({ peak }, i) => i === 0 || peak > peaks[i - 1].peak);
const bounded = (peaks: readonly Peak[]) => peaks.every(({ peak, bound }) => peak <= bound);

/** A verdict on seed means alone would hide single runs that exceed the bound. */
function verdict(all: readonly Trace[], peaks: readonly Peak[]): Verdict {
  const single = all.flatMap((trace) => trace.peaks.map((peak) => peak > trace.bound));
  const beyond = single.filter(Boolean).length;
  const list = peaks
    .map(({ rho, peak, bound }) => `${number(peak, 2)} of at most ${number(bound, 3)} at ρ = ${rho}`)
    .join(", ");
  return {
    claim: "When the ground moves, a longer memory makes the agent's first updates larger, by at most 1/√(1 − ρ).",
    verdict: growing(peaks) ? (bounded(peaks) && beyond === 0 ? "true" : "depends") : "false",
    because: `Update norm in the first ${peakSteps} environment steps after a jump, in units of its level before: ${list} (means over the seeds, the larger of the jumps). Of single runs ${beyond} of ${single.length} exceed it: the bound is one of each parameter's step against η, not of the norm against the norm before.`,
  };
}

/** The values of ρ at which the update norm in a single window exceeds the bound, although its mean may not. */
export function exceeding(all: readonly Trace[]): number[] {
  const beyond = all.filter(({ points, bound }) => points.some(({ updateNorm }) => updateNorm > bound));
  return [...new Set(beyond.map(({ rho }) => rho))].sort((a, b) => a - b);
}

/** The update norm and √v around the jumps, in units of their level before, against the memory. */
function figure(all: readonly Trace[], peaks: readonly Peak[]): Figure {
  const sizes = listText(peaks.map(({ peak }) => number(peak, 2)));
  const rhos = listText(peaks.map(({ rho }) => String(rho)));
  const single = exceeding(all).map(String);
  return {
    file: "cartpole-trace.png",
    title: `CartPole: after a jump RMSprop's updates are up to ${sizes} times as large at ρ = ${rhos}`,
    caption: `Means over the seeds. When the physics jumps, √v has yet to learn of the new gradient. Averaged over the first ${peakSteps} environment steps, as in the title, updates ${growing(peaks) ? "grow" : "do not always grow"} with the memory and are ${bounded(peaks) ? "at most" : "in part more than"} 1/√(1 − ρ) times as large as before${single.length > 0 ? `; in single windows they are larger than that at ρ = ${listText(single)}` : ""}. Legends give the memory in environment steps.`,
    columns: 2,
    panelWidth: 760,
    panelHeight: 520,
    panels: [...groupBy(all, ({ jump }) => jump).values()].flatMap((jump) => [
      panel("Norm of the update", "updateNorm", jump, all),
      panel("√v, median over the parameters", "rootSquare", jump, all),
    ]),
  };
}

const since: Axis = { title: "environment steps since the jump", scale: "logarithmic" };

/** One jump, on the same scale as all of them. */
function panel(title: string, field: keyof TracePoint, jump: readonly Trace[], all: readonly Trace[]): Panel {
  const values = all.flatMap(({ points }) => points.map((point) => point[field]));
  return {
    title: `${title}\n${jump[0].label}`,
    x: since,
    y: { title: "in units of its level before the jump", scale: "logarithmic", ...logarithmicBounds([...values, 1]) },
    series: jump.map(({ rho, memorySteps, points }, i) => {
      const curve = points.map((point) => ({ x: point.since, y: point[field] }));
      return line(`ρ = ${rho}, memory ${number(memorySteps)}`, curve, seriesColours[i]);
    }),
  };
}

function table(all: readonly Trace[]): Table {
  return {
    header: ["jump", "ρ", "memory (environment steps)", "update norm after / before", "bound 1/√(1 − ρ)"],
    rows: all.map(({ label, rho, memorySteps, peak, bound }) => [
      label,
      number(rho),
      number(memorySteps),
      intervalText(peak, 3),
      number(bound, 3),
    ]),
  };
}
