import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { rmspropAdvance, sgdAdvance } from "../../../src/theory/interference.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

const needs = z.object({
  problem: z.object({ period: z.number(), phase: z.number() }),
  optimizer: z.object({ name: z.enum(["sgd", "rmsprop"]), lr: z.number(), rho: z.number().optional() }),
});

/** A learning rate that oscillates, against a gradient that oscillates with the same period. */
export const cosineInterference = defineClaim({
  name: "cosine-interference",
  words: "A cosine schedule of the learning rate and an oscillating gradient interfere by their phase.",
  source: "first chapter, learning-rate schedules",
  needs,
  find: async ({ runs }) => finding(await advances(runs)),
});

/** The way made per step in units of η, over the last half of a run: whole periods. */
export interface Advance {
  readonly label: string;
  /** null for SGD */
  readonly rho: number | null;
  readonly period: number;
  /** in turns */
  readonly phase: number;
  readonly measured: number;
  readonly law: number;
}

const lawOf = (rho: number | null, phase: number, period: number) =>
  rho === null ? sgdAdvance(2 * Math.PI * phase) : rmspropAdvance(rho, 2 * Math.PI * phase, period);

export async function advances(runs: readonly CheckedRun<z.output<typeof needs>>[]): Promise<Advance[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const { step, position } = await tableOf(run, problemTables.metrics, "position");
      const last = step.length - 1;
      const middle = Math.floor(last / 2);
      const measured = (position[last] - position[middle]) / (step[last] - step[middle]) / optimizer.lr;
      const rho = optimizer.rho ?? null;
      const { period, phase } = problem;
      return {
        label: rho === null ? "SGD" : `RMSprop, ρ = ${rho}`,
        rho,
        period,
        phase,
        measured,
        law: lawOf(rho, phase, period),
      };
    }),
  );
}

/** How much the phase matters to one optimizer: half of the largest minus the least way, over their mean. */
export interface Interference {
  readonly label: string;
  /** period over memory, P (1 − ρ); 0 for SGD */
  readonly ratio: number;
  readonly strength: number;
}

export function interferences(all: readonly Advance[]): Interference[] {
  return [...groupBy(all, ({ label }) => label)].map(([label, group]) => {
    const ways = group.map(({ measured }) => measured);
    const [low, high] = [Math.min(...ways), Math.max(...ways)];
    const { rho, period } = group[0];
    return { label, ratio: rho === null ? 0 : period * (1 - rho), strength: (high - low) / (high + low) };
  });
}

function finding(all: readonly Advance[]): Finding {
  const strengths = interferences(all);
  const sgd = strengths.find(({ ratio }) => ratio === 0)?.strength ?? Number.NaN;
  const rmsprops = strengths.filter(({ ratio }) => ratio > 0);
  const strong = rmsprops.filter(({ strength }) => strength > sgd / 2);
  const weak = rmsprops.filter(({ strength }) => strength <= sgd / 2);
  const error = Math.max(...all.map(({ measured, law }) => Math.abs(measured / law - 1)));
  const boundary = `between P = ${number(Math.max(...strong.map(({ ratio }) => ratio)), 2)} and ${number(Math.min(...weak.map(({ ratio }) => ratio)), 2)} memories`;
  const [{ period }] = all;
  const ends = all.filter(({ phase }) => phase === 0 || phase === 0.5);
  const pairs = [...groupBy(ends, ({ label }) => label)].map(
    ([label, group]) => `${label} ${group.map(({ measured }) => number(measured, 4)).join("/")}`,
  );
  return {
    verdict: weak.length === 0 ? "true" : strong.length === 0 ? "false" : "depends",
    decides: `in phase/opposed: SGD 1.5/0.5; RMSprop's difference halves ${boundary}`,
    because: `η(1 + cos ωt) against 1 + cos(ωt + φ). At P = ${period}, in phase and opposed, the way per η: ${pairs.join("; ")}. SGD's is 1 + ½ cos φ. RMSprop keeps this where the period is shorter than its memory and loses it where v follows the gradient: half of SGD's effect is gone ${boundary}. Closed forms are met within ${number(error, 1)}.`,
    figure: {
      title: `The phase matters to RMSprop as to SGD up to periods of its memory; half of it is lost ${boundary}`,
      caption: `Left: way per step over the phase between learning rate and gradient, period ${period} steps. Right: half of the largest minus the least way over the phases, over their mean, against period over memory. Lines are closed forms, marks are runs.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [overPhase(all), overPeriod(rmsprops, sgd, period)],
    },
    content: [
      {
        header: ["optimizer", "period", "phase (turns)", "way per η", "closed form"],
        rows: ends.map(({ label, period, phase, measured, law }) => [
          label,
          number(period),
          number(phase),
          number(measured, 5),
          number(law, 5),
        ]),
      },
    ],
  };
}

function overPhase(all: readonly Advance[]): Panel {
  const shown = all.filter(({ rho }) => rho === null || [0.5, 0.9, 0.99, 0.999].includes(rho));
  return {
    title: "Way per step",
    x: { title: "phase φ (turns)", min: 0, max: 1 },
    y: { title: "way per step (units of η)", min: 0, max: 1.6 },
    series: [...groupBy(shown, ({ label }) => label)].flatMap(([label, group], i) => [
      line(
        label,
        curve(0, 1, (phase) => lawOf(group[0].rho, phase, group[0].period)),
        seriesColours[i],
        {
          dash: dashes[i],
        },
      ),
      marks(
        "",
        group.map(({ phase, measured }) => ({ x: phase, y: measured })),
        seriesColours[i],
        { shape: shapes[i % shapes.length] },
      ),
    ]),
  };
}

function overPeriod(strengths: readonly Interference[], sgd: number, period: number): Panel {
  const law = (ratio: number) => {
    const ways = Array.from({ length: 8 }, (_, i) => lawOf(1 - ratio / period, i / 8, period));
    const [low, high] = [Math.min(...ways), Math.max(...ways)];
    return (high - low) / (high + low);
  };
  const most = 0.9 * period;
  return {
    title: "How much the phase matters",
    x: { title: "period over memory, P(1 − ρ)", scale: "logarithmic" },
    y: { title: "(largest − least way)/(their sum)", min: 0, max: 0.6 },
    series: [
      line(
        "SGD",
        curve(0.05, most, () => sgd, "logarithmic"),
        seriesColours[1],
        { dash: dashes[1] },
      ),
      line(
        "half of SGD's",
        curve(0.05, most, () => sgd / 2, "logarithmic"),
        seriesColours[6],
        { dash: dashes[2] },
      ),
      line("RMSprop, closed form", curve(0.05, most, law, "logarithmic"), seriesColours[0]),
      marks(
        "RMSprop",
        strengths.map(({ ratio, strength }) => ({ x: ratio, y: strength })),
        seriesColours[0],
        { radius: 6 },
      ),
    ],
  };
}
