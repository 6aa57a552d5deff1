import { z } from "zod";
import { chatterAmplitude, limitCycle } from "../../src/theory/limit-cycle.js";
import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { line, logarithmicBounds, marks, type Panel, type Point } from "../parts/panel.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";
import { number } from "../parts/text.js";
import { beta1Axis, change } from "./beta1.js";

const needs = z.object({
  order: z.enum(["simultaneous", "alternating"]),
  optimizer: z.object({ lr: z.number(), beta1: z.number(), beta2: z.number() }),
});
type Config = z.output<typeof needs>;
type Runs = readonly CheckedRun<Config>[];

/** The two amplitudes of Adam's motion apart, on games with a closed form: slow cycle and chatter. */
export const amplitudes = experiment({
  needs: { slowCycle: needs, chatter: needs },
  find({ slowCycle, chatter }) {
    const slow = seriesOf(slowCycle.runs, slowCycleLaw);
    const fast = seriesOf(chatter.runs, chatterLaw);
    return {
      verdicts: [
        verdict("Momentum damps Adam's slow cycle on the bilinear game.", slow.rows),
        verdict("Momentum damps Adam's chatter around a minimum.", fast.rows),
      ],
      sections: [
        {
          heading: "Adam's two amplitudes",
          figure: figure(slow, fast),
          content: [
            "Slow cycle, radius in units of η:",
            table(slow.rows),
            "Chatter, amplitude in units of η:",
            table(fast.rows),
          ],
        },
      ],
    };
  },
});

/** An amplitude of Adam's motion: where a run's summary holds it, and its law in the units of the parameters. */
interface Law {
  readonly measured: string;
  readonly predicted: (config: Config, beta1: number) => number;
}

/** The radius of the cycle on the bilinear game: 4η√((s + τ)/(1 − β₂)). */
export const slowCycleLaw: Law = {
  measured: "measured.slowCycle",
  predicted: ({ order, optimizer }, beta1) => limitCycle({ order, ...optimizer, beta1 }).radius,
};

/** Chatter on two parabolas: √2 (η/2)(1 − β₁)/(1 + β₁), as both coordinates chatter alike. */
export const chatterLaw: Law = {
  measured: "measured.chatter",
  predicted: ({ optimizer }, beta1) => Math.SQRT2 * chatterAmplitude(optimizer.lr, beta1),
};

/** An amplitude at one β₁, in units of η, beside its law. */
export interface AmplitudeRow {
  readonly beta1: number;
  readonly measured: number;
  readonly predicted: number;
}

export function amplitudeRows(runs: Runs, { measured, predicted }: Law): AmplitudeRow[] {
  return runs.map((run) => {
    const { lr, beta1 } = run.config.optimizer;
    return {
      beta1,
      measured: summaryNumber(run, measured) / lr,
      predicted: predicted(run.config, beta1) / lr,
    };
  });
}

interface Amplitudes {
  readonly rows: readonly AmplitudeRow[];
  /** the law as a curve over β₁, in units of η */
  readonly curve: readonly Point[];
  readonly beta2: number;
}

function seriesOf(runs: Runs, law: Law): Amplitudes {
  const { config } = runs[0];
  const betas = runs.map((run) => run.config.optimizer.beta1);
  const [low, high] = [Math.min(...betas), Math.max(...betas)];
  const curve = Array.from({ length: 101 }, (_, i) => {
    const beta1 = low + ((high - low) * i) / 100;
    return { x: beta1, y: law.predicted(config, beta1) / config.optimizer.lr };
  });
  return { rows: amplitudeRows(runs, law), curve, beta2: config.optimizer.beta2 };
}

/** The measured amplitude without momentum and with β₁ = 0.9; NaN where there is no such condition. */
function ends(rows: readonly AmplitudeRow[]): { without: number; strong: number } {
  const at = (beta1: number) => rows.find((row) => row.beta1 === beta1)?.measured ?? Number.NaN;
  return { without: at(0), strong: at(0.9) };
}

function verdict(claim: string, rows: readonly AmplitudeRow[]): Verdict {
  const { without, strong } = ends(rows);
  const error = Math.max(...rows.map(({ measured, predicted }) => Math.abs(measured / predicted - 1)));
  return {
    claim,
    verdict: strong < without ? "true" : "false",
    because: `From β₁ = 0 to 0.9 the amplitude goes from ${number(without, 4)} η to ${number(strong, 4)} η; the law is off by at most ${number(100 * error, 2)} % over all β₁.`,
  };
}

function figure(slow: Amplitudes, fast: Amplitudes): Figure {
  const [slowEnds, fastEnds] = [ends(slow.rows), ends(fast.rows)];
  return {
    file: "adam-amplitudes.png",
    title: `Adam: from β₁ = 0 to 0.9 ${change("the slow cycle", slowEnds.without, slowEnds.strong)} and ${change("the chatter", fastEnds.without, fastEnds.strong)}`,
    caption: `Left: the slow cycle on the pure rotation x·y (simultaneous, β₂ = ${slow.beta2}). Right: period-2 chatter around the minimum of two parabolas (β₂ = ${fast.beta2}). Both in units of the learning rate η, on logarithmic axes.`,
    columns: 2,
    panelWidth: 800,
    panelHeight: 560,
    panels: [
      panel("Slow cycle on x·y", "radius of the cycle (units of η)", slow, "4√((½ + τ)/(1 − β₂))"),
      panel("Chatter on x²/2", "amplitude of the chatter (units of η)", fast, "(1 − β₁)/(1 + β₁)/√2"),
    ],
  };
}

function panel(title: string, axis: string, { rows, curve }: Amplitudes, formula: string): Panel {
  const measured = rows.map((row) => ({ x: row.beta1, y: row.measured }));
  return {
    title,
    x: beta1Axis,
    y: { title: axis, scale: "logarithmic", ...logarithmicBounds(rows.map((row) => row.measured)) },
    series: [line(formula, curve, colours.blue), marks("measured", measured, colours.vermillion, { radius: 6 })],
  };
}

function table(rows: readonly AmplitudeRow[]): Table {
  return {
    header: ["β₁", "measured", "law", "measured / law"],
    rows: rows.map(({ beta1, measured, predicted }) => [
      number(beta1),
      number(measured),
      number(predicted),
      number(measured / predicted),
    ]),
  };
}
