import type { Study } from "../../src/study/read.js";
import { memory } from "../../src/theory/rmsprop-response.js";
import { intervalText } from "../interval.js";
import { number, table } from "../markdown.js";
import type { Findings, Report, Verdict } from "../report.js";
import { experiment } from "../select.js";
import { recoveryFigure, responseFigure, returnFigure, settlingFigure, traceFigure } from "./figures.js";
import {
  pairedDifference,
  phases,
  type RecoveryRow,
  type Response,
  recoveryEpisodes,
  recoveryRows,
  reference,
  responses,
  returnCurves,
} from "./measures.js";
import { type Trace, traces } from "./trace.js";

export const adaptationReport: Report = {
  name: "adaptation",
  title: "Adaptation: how does ρ set the time to adapt?",
  needs: ["scale", "cartpole"],
  async find(study: Study): Promise<Findings> {
    const scale = await responses(experiment(study, "scale"));
    const cartpole = experiment(study, "cartpole");
    const [recoveries, curves, around] = await Promise.all([
      recoveryRows(cartpole),
      returnCurves(cartpole),
      traces(cartpole),
    ]);
    return {
      introduction:
        "RMSprop forgets with memory 1/(1 − ρ) updates. Two different times are called adaptation: how long its *step* takes to return to its size after the gradient's scale jumped, which has a closed form, and how long an *agent* takes to perform again after its environment jumped, which has none. This report measures both, jumps up and down apart.",
      verdicts: [stepVerdict(scale), symmetryVerdict(scale), oversizeVerdict(around), ...recoveryVerdicts(recoveries)],
      sections: [
        {
          heading: "The step around a jump of the gradient's scale",
          text: responseTable(scale),
          figure: responseFigure(scale),
        },
        {
          heading: "Time to settle against memory",
          text: "The closed form: the step is within 10 % when ρˢ = (k²/u² − k²)/(1 − k²) at u = 1 ± 0.1.",
          figure: settlingFigure(scale),
        },
        {
          heading: "RMSprop's state in CartPole around the jumps",
          text: traceTable(around),
          figure: traceFigure(around),
        },
        {
          heading: "CartPole's return around the jumps",
          text: `The environment's parameter jumps on the lifetime clock, which no reset touches; nothing tells the agent.`,
          figure: returnFigure(curves, phases(cartpole.runs[0]).slice(1), cartpole.seeds.length),
        },
        {
          heading: "CartPole's time to recover against memory",
          text: recoveryTable(recoveries),
          figure: recoveryFigure(recoveries),
        },
      ],
    };
  },
};

function stepVerdict(all: readonly Response[]): Verdict {
  const error = Math.max(...all.map(({ largestError }) => largestError));
  return {
    claim: "After a jump of the gradient's scale by k RMSprop's step is k/√(ρˢ + (1 − ρˢ)k²) times η.",
    verdict: error < 0.001 ? "true" : "false",
    because: `Largest relative error over ${all.length} jumps and all their steps: ${number(error, 2)} (the closed form takes v as settled before the jump; at ρ = 0.999 a trace of the zero start is left).`,
  };
}

function symmetryVerdict(all: readonly Response[]): Verdict {
  const ratios = [...new Set(all.map(({ rho }) => rho))].map((rho) => {
    const of = (direction: string) =>
      all.find((r) => r.rho === rho && r.direction === direction)?.settled.measured ?? Number.NaN;
    return { rho, up: of("up") / memory(rho), down: of("down") / memory(rho) };
  });
  const least = Math.min(...ratios.map(({ up, down }) => down / up));
  const list = ratios.map(({ rho, up, down }) => `ρ = ${rho}: ${number(up, 2)} up, ${number(down, 2)} down`).join("; ");
  return {
    claim: "RMSprop adapts in about one memory 1/(1 − ρ), whichever way the scale jumps.",
    verdict: least > 2 ? "false" : "true",
    because: `In memories, to within 10 %: ${list}. The memory sets the scale, but a fall takes at least ${number(least, 2)} times as long as a rise.`,
  };
}

function oversizeVerdict(all: readonly Trace[]): Verdict {
  const rhos = [...new Set(all.map(({ rho }) => rho))].sort((a, b) => a - b);
  const peaks = rhos.map((rho) => {
    const peak = Math.max(...all.filter((trace) => trace.rho === rho).map((trace) => trace.peak.estimate));
    return { rho, peak, bound: 1 / Math.sqrt(1 - rho) };
  });
  const growing = peaks.every(({ peak }, i) => i === 0 || peak > peaks[i - 1].peak);
  const bounded = peaks.every(({ peak, bound }) => peak <= bound);
  const list = peaks
    .map(({ rho, peak, bound }) => `${number(peak, 2)} of at most ${number(bound, 3)} at ρ = ${rho}`)
    .join(", ");
  return {
    claim: "When the ground moves, a longer memory makes the agent's first updates larger, by at most 1/√(1 − ρ).",
    verdict: growing && bounded ? "true" : growing ? "depends" : "false",
    because: `Update norm in the first 2000 environment steps after a jump, in units of its level before: ${list} (the larger of the jumps).`,
  };
}

function recoveryVerdicts(rows: readonly RecoveryRow[]): Verdict[] {
  const rhos = [...new Set(rows.map(({ rho }) => rho))].sort((a, b) => a - b);
  const [shortest, longest] = [rhos[0], rhos[rhos.length - 1]];
  const afterJumps = [...new Set(rows.map(({ phase }) => phase))].filter((phase) => phase > 0);
  return afterJumps.map((phase) => {
    const shown = rows.filter((row) => row.phase === phase);
    const { interval: difference, seedsNeeded } = pairedDifference(rows, phase, shortest, longest);
    const decided = difference.low > 0 || difference.high < 0;
    const medians = shown.map(
      ({ rho, median, recovered, recoveries }) =>
        `${median === null ? "none" : number(median, 3)} at ρ = ${rho} (${recovered} of ${recoveries.length} recovered)`,
    );
    return {
      claim: `After ${shown[0].label} CartPole takes longer to recover the longer RMSprop's memory.`,
      verdict: decided ? (difference.low > 0 ? "true" : "false") : "not distinguishable",
      because: `Median time in environment steps: ${medians.join(", ")}. From ρ = ${shortest} to ${longest} the memory grows ${number(memory(longest) / memory(shortest), 3)}-fold; the paired difference is ${intervalText(difference, 3)} steps, 95 % interval at n = ${shown[0].recoveries.length}${decided ? "" : `; to tell a difference of this size would need about ${number(seedsNeeded, 3)} seeds`}.`,
    } as const;
  });
}

function responseTable(all: readonly Response[]): string {
  return table(
    ["ρ", "memory", "jump", "first step / η", "settled after, measured", "closed form", "in memories"],
    all.map(({ rho, ratio, measured, settled }) => [
      number(rho),
      number(memory(rho)),
      `× ${number(ratio)}`,
      number(measured[0]),
      number(settled.measured),
      number(settled.predicted),
      number(settled.measured / memory(rho), 3),
    ]),
  );
}

function traceTable(all: readonly Trace[]): string {
  return table(
    ["jump", "ρ", "memory (environment steps)", "update norm after / before", "bound 1/√(1 − ρ)"],
    all.map(({ label, rho, memorySteps, peak, bound }) => [
      label,
      number(rho),
      number(memorySteps),
      intervalText(peak, 3),
      number(bound, 3),
    ]),
  );
}

function recoveryTable(rows: readonly RecoveryRow[]): string {
  return `Phases begin from scratch and at each jump. Recovered: the mean return of ${recoveryEpisodes} episodes reaches ${reference}. Median by Kaplan and Meier, since times without recovery are lower bounds. The return at the start is the mean of the first ${recoveryEpisodes} episodes that began in the phase, with its 95 % interval.\n\n${table(
    ["phase", "ρ", "memory (environment steps)", "return at its start", "recovered", "median time to recover"],
    rows.map((row) => [
      row.label,
      number(row.rho),
      number(row.memorySteps),
      intervalText(row.drop, 3),
      `${row.recovered} of ${row.recoveries.length}`,
      row.median === null ? "none" : number(row.median),
    ]),
  )}`;
}
