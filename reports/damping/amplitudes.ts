import type { Table, Verdict } from "../parts/findings.js";
import { experiment } from "../parts/report.js";
import { listText, number, rangeText } from "../parts/text.js";
import { amplitudesFigure, burstsFigure, lawCurve, regimeText, type Trace } from "./amplitude-figures.js";
import {
  type AmplitudeRow,
  type AmplitudeRun,
  amplitudeNeeds,
  amplitudeRows,
  chatterLaw,
  crest,
  lateTrace,
  type Regime,
  regimesOf,
  slowCycleLaw,
} from "./amplitude-rows.js";

/** The two amplitudes of Adam's motion apart, on games with a closed form: slow cycle and chatter. */
export const amplitudes = experiment({
  needs: { slowCycle: amplitudeNeeds, chatter: amplitudeNeeds },
  async find({ slowCycle, chatter }) {
    const slow = { rows: amplitudeRows(slowCycle.runs, slowCycleLaw), curve: lawCurve(slowCycle.runs, slowCycleLaw) };
    const fast = { rows: amplitudeRows(chatter.runs, chatterLaw), curve: lawCurve(chatter.runs, chatterLaw) };
    const traces = await shortMemoryTraces(chatter.runs);
    return {
      verdicts: [slowVerdict(slow.rows), chatterVerdict(fast.rows, traces), noiseVerdict(fast.rows)],
      sections: [
        {
          heading: "Adam's two amplitudes",
          figure: amplitudesFigure(slow, fast),
          content: [
            "Slow cycle, radius in units of η, beside the law for exact gradients:",
            table(slow.rows),
            "Chatter, amplitude in units of η, and the root-mean-square distance from the minimum:",
            table(fast.rows),
          ],
        },
        {
          heading: "What chatter looks like",
          figure: burstsFigure(traces.filter(({ beta1 }) => [0, 0.5, 0.9].includes(beta1))),
          content: [
            "The law is that of a steady flip of sign at every step. With a long memory and exact gradients players can arrive before √v has come down, and stay: nothing chatters. Noise keeps √v up.",
          ],
        },
      ],
    };
  },
});

/** The traces of the runs with exact gradients under the shortest memory, which all chatter. */
async function shortMemoryTraces(runs: readonly AmplitudeRun[]): Promise<Trace[]> {
  const exact = runs.filter(({ config }) => config.gradientNoise === 0);
  const beta2 = Math.min(...exact.map(({ config }) => config.optimizer.beta2));
  const short = exact.filter(({ config }) => config.optimizer.beta2 === beta2);
  return Promise.all(
    short.map(async (run) => ({ beta1: run.config.optimizer.beta1, beta2, values: await lateTrace(run) })),
  );
}

const fromTo = ({ without, strong }: Regime) => `from ${number(without, 3)} η to ${number(strong, 3)} η`;
const measured = (row: AmplitudeRow) => row.measured;

/** The largest |measured/law − 1| of the rows, as a percentage. */
const worst = (rows: readonly AmplitudeRow[]) =>
  number(100 * Math.max(...rows.map((row) => Math.abs(row.measured / row.predicted - 1))), 2);

/** Momentum damps where the amplitude falls from β₁ = 0 to 0.9 in every regime, and not where in none. */
function verdictOf(regimes: readonly Regime[]): Verdict["verdict"] {
  const falling = regimes.filter(({ without, strong }) => strong < without).length;
  return falling === regimes.length ? "true" : falling === 0 ? "false" : "depends";
}

function slowVerdict(rows: readonly AmplitudeRow[]): Verdict {
  const regimes = regimesOf(rows, measured);
  const exact = rows.filter(({ noise }) => noise === 0);
  return {
    claim: "Momentum damps Adam's slow cycle on the pure rotation x·y.",
    verdict: verdictOf(regimes),
    because: `From β₁ = 0 to 0.9 its radius goes ${listText(regimes.map((regime) => `${fromTo(regime)} (${regimeText(regime)})`))}; with exact gradients the law is off by at most ${worst(exact)} % over all β₁.`,
  };
}

/** √v has forgotten what moved it, and with it the law's steady flip, above this β₂. */
const longMemory = 0.99;

export function chatterVerdict(rows: readonly AmplitudeRow[], traces: readonly Trace[]): Verdict {
  const regimes = regimesOf(rows, measured);
  const short = rows.filter(({ noise, beta2 }) => noise === 0 && beta2 <= longMemory);
  const bursts = traces.filter(({ beta1 }) => beta1 > 0).map(({ values }) => crest(values));
  return {
    claim: "Momentum damps Adam's chatter around a minimum.",
    verdict: verdictOf(regimes),
    because: `From β₁ = 0 to 0.9 it goes ${listText(regimes.map((regime) => `${fromTo(regime)} (${regimeText(regime)})`))}. The law holds for exact gradients with β₂ ≤ ${longMemory}, to ${worst(short)} %: with β₁ > 0 the motion is no steady flip but comes in bursts ${rangeText(bursts)} times as high as their root mean square.`,
  };
}

/** A change of all motion by less than this share counts as none. */
const change = 0.1;

export function noiseVerdict(rows: readonly AmplitudeRow[]): Verdict {
  const noisy = regimesOf(
    rows.filter(({ noise }) => noise > 0),
    ({ distance }) => distance,
  );
  const damped = noisy.filter(({ without, strong }) => strong < (1 - change) * without).length;
  return {
    claim: "With noisy gradients momentum damps all of Adam's motion around a minimum.",
    verdict: damped === 0 ? "false" : damped === noisy.length ? "true" : "depends",
    because: `From β₁ = 0 to 0.9 the root-mean-square distance from the minimum goes ${listText(noisy.map((regime) => `${fromTo(regime)} (${regimeText(regime)})`))}: what the noise makes the players wander is far wider than the chatter.`,
  };
}

function table(rows: readonly AmplitudeRow[]): Table {
  return {
    header: ["β₁", "β₂", "noise σ", "measured", "law", "measured / law", "distance (rms)"],
    rows: rows.map(({ beta1, beta2, noise, measured, predicted, distance }) => [
      number(beta1),
      number(beta2),
      number(noise),
      number(measured),
      number(predicted),
      number(measured / predicted),
      number(distance),
    ]),
  };
}
