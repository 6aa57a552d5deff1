import { z } from "zod";
import { memory, normalisedStep, stepsToSettle } from "../../src/theory/rmsprop-response.js";
import type { Table, Verdict } from "../parts/findings.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { type Response, responseFigure, type SettlingTimes, settlingFigure, tolerance } from "./scale-figures.js";
import { stepsOf } from "./tables.js";

const needs = z.object({
  problem: z.object({ scales: z.array(z.number()), at: z.array(z.number()) }),
  optimizer: z.object({ rho: z.number() }),
});

/** A constant gradient whose scale jumps up and down again: RMSprop's step, for which the closed form is exact. */
export const scale = experiment({
  needs: { scale: needs },
  async find({ scale: { runs } }) {
    const all = await responses(runs);
    const times = settlingTimes(all);
    return {
      verdicts: [stepVerdict(all), symmetryVerdict(times)],
      sections: [
        {
          heading: "The step around a jump of the gradient's scale",
          figure: responseFigure(all),
          content: [table(all)],
        },
        {
          heading: "Time to settle against memory",
          figure: settlingFigure(all, times),
          content: ["The closed form: the step is within 10 % when ρˢ = (k²/u² − k²)/(1 − k²) at u = 1 ± 0.1."],
        },
      ],
    };
  },
});

export async function responses(runs: readonly CheckedRun<z.output<typeof needs>>[]): Promise<Response[]> {
  const all = await Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const steps = await stepsOf(run);
      return problem.at.map((start, jump) => {
        const measured = Float64Array.from(steps.slice(start, problem.at[jump + 1] ?? steps.length));
        return responseOf(optimizer.rho, problem.scales[jump + 1] / problem.scales[jump], measured);
      });
    }),
  );
  return all.flat();
}

function responseOf(rho: number, ratio: number, measured: Float64Array): Response {
  let largestError = 0;
  let settled = 0;
  measured.forEach((value, i) => {
    largestError = Math.max(largestError, Math.abs(value / normalisedStep(rho, ratio, i + 1) - 1));
    if (Math.abs(value - 1) > tolerance) settled = i + 1;
  });
  return {
    rho,
    direction: ratio > 1 ? "up" : "down",
    ratio,
    measured,
    largestError,
    settled: { measured: settled + 1, predicted: stepsToSettle(rho, ratio, tolerance) },
  };
}

/** The measured times to settle after the first rise and the first fall, in memories, for each ρ. */
export function settlingTimes(all: readonly Response[]): SettlingTimes[] {
  return [...groupBy(all, ({ rho }) => rho)].map(([rho, group]) => {
    const of = (direction: Response["direction"]) =>
      (group.find((response) => response.direction === direction)?.settled.measured ?? Number.NaN) / memory(rho);
    return { rho, up: of("up"), down: of("down") };
  });
}

function stepVerdict(all: readonly Response[]): Verdict {
  const error = Math.max(...all.map(({ largestError }) => largestError));
  return {
    claim: "After a jump of the gradient's scale by k RMSprop's step is k/√(ρˢ + (1 − ρˢ)k²) times η.",
    verdict: error < 0.001 ? "true" : "false",
    because: `Largest relative error over ${all.length} jumps and all their steps: ${number(error, 2)} (the closed form takes v as settled before the jump; at ρ = 0.999 a trace of the zero start is left).`,
  };
}

function symmetryVerdict(times: readonly SettlingTimes[]): Verdict {
  const least = Math.min(...times.map(({ up, down }) => down / up));
  const list = times.map(({ rho, up, down }) => `ρ = ${rho}: ${number(up, 2)} up, ${number(down, 2)} down`).join("; ");
  return {
    claim: "RMSprop adapts in about one memory 1/(1 − ρ), whichever way the scale jumps.",
    verdict: least > 2 ? "false" : "true",
    because: `In memories, to within 10 %: ${list}. The memory sets the scale, but a fall takes at least ${number(least, 2)} times as long as a rise.`,
  };
}

function table(all: readonly Response[]): Table {
  return {
    header: ["ρ", "memory", "jump", "first step / η", "settled after, measured", "closed form", "in memories"],
    rows: all.map(({ rho, ratio, measured, settled }) => [
      number(rho),
      number(memory(rho)),
      `× ${number(ratio)}`,
      number(measured[0]),
      number(settled.measured),
      number(settled.predicted),
      number(settled.measured / memory(rho), 3),
    ]),
  };
}
