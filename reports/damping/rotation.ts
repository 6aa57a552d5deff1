import { z } from "zod";
import { log } from "../../src/math/elementary/logarithm.js";
import { linearDynamics } from "../../src/theory/bilinear.js";
import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { type Axis, line, marks, type Panel, type Point } from "../parts/panel.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";
import { listText, number } from "../parts/text.js";

const orders = ["simultaneous", "alternating"] as const;
type Order = (typeof orders)[number];

const needs = z.object({
  order: z.enum(orders),
  game: z.object({ coupling: z.number(), dissipation: z.number() }),
  optimizer: z.object({ lr: z.number(), momentum: z.number() }),
});
type Config = z.output<typeof needs>;
type Runs = readonly CheckedRun<Config>[];

/**
 * Heavy ball on the pure rotation x·y: growth over the momentum coefficient β, in the form of a sum, whose effective rate
 * η/(1 − β) grows with β, and in that of an average, whose rate stays.
 */
export const rotation = experiment({
  needs: { rotation: needs, rotationAtEqualRate: needs },
  find({ rotation: { runs }, rotationAtEqualRate: { runs: equalRuns } }) {
    const [rows, equal] = [rotationRows(runs), rotationRows(equalRuns)];
    return {
      verdicts: [verdict(rows, equal)],
      sections: [
        {
          heading: "Heavy ball on the pure rotation",
          figure: figure(rows, runs, equal, equalRuns),
          content: [
            table(rows),
            `At equal effective rate η/(1 − β) = ${number(effectiveRate(equalRuns[0].config))}:`,
            table(equal),
          ],
        },
      ],
    };
  },
});

const effectiveRate = ({ optimizer }: Config) => optimizer.lr / (1 - optimizer.momentum);

interface Rates {
  /** ln ρ, per step */
  readonly growth: number;
  readonly dampingRatio: number;
}

/** One order of play at one β, measured and in closed form. */
export interface RotationRow {
  readonly order: Order;
  readonly beta: number;
  readonly measured: Rates;
  readonly predicted: Rates;
}

export function rotationRows(runs: Runs): RotationRow[] {
  return runs.map((run) => {
    const rates = (which: string) => ({
      growth: log(summaryNumber(run, `${which}.spectralRadius`)),
      dampingRatio: summaryNumber(run, `${which}.dampingRatio`),
    });
    const { order, optimizer } = run.config;
    return { order, beta: optimizer.momentum, measured: rates("measured"), predicted: rates("predicted") };
  });
}

/** Growth per step, beyond rounding, below which the players come in. */
const damps = ({ measured }: RotationRow) => measured.growth < -1e-9;

function verdict(rows: readonly RotationRow[], equal: readonly RotationRow[]): Verdict {
  const positive = rows.filter(({ beta }) => beta > 0);
  const damping = positive.filter(damps);
  const positiveEqual = equal.filter(({ beta }) => beta > 0);
  const dampingEqual = positiveEqual.filter(damps);
  const negative = rows.filter((row) => row.beta < 0 && row.order === "alternating" && damps(row));
  const error = Math.max(
    ...[...rows, ...equal].map(({ measured, predicted }) => Math.abs(measured.growth - predicted.growth)),
  );
  const best = rows.reduce((a, b) => (b.measured.growth < a.measured.growth ? b : a));
  return {
    claim: "Positive heavy-ball momentum damps the pure rotation x·y.",
    verdict: damping.length + dampingEqual.length === 0 ? "false" : "depends",
    because: `It damps in ${damping.length} of ${positive.length} conditions with β > 0, and in ${dampingEqual.length} of ${positiveEqual.length} where η/(1 − β) stays the same, while alternating play with β < 0 damps in ${negative.length}; fastest of all at β = ${number(best.beta)} ${best.order}, ln ρ = ${number(best.measured.growth, 3)}. Largest difference of ln ρ from the closed form: ${number(error, 2)}.`,
  };
}

/** Where the rotation dies away, in words: `only alternating play with negative momentum damps the rotation`. */
export function whereItDamps(rows: readonly RotationRow[]): string {
  const kinds = orders.flatMap((order) =>
    ([-1, 0, 1] as const).map((sign) => ({
      text: `${order} play with ${signNames[sign]} momentum`,
      rows: rows.filter((row) => row.order === order && Math.sign(row.beta) === sign),
    })),
  );
  const found = kinds.filter((kind) => kind.rows.some(damps));
  if (found.length === 0) return "no momentum damps the rotation";
  const texts = found.map((kind) => `${kind.text}${kind.rows.every(damps) ? "" : ", at some β,"}`);
  return `only ${listText(texts)} damps the rotation`;
}

const signNames = { "-1": "negative", 0: "no", 1: "positive" } as const;

const betaAxis: Axis = { title: "momentum coefficient β", min: -0.6, max: 1, stepSize: 0.2 };

/** Growth rate and damping ratio over β: curves are the closed form, marks the measurements. */
function figure(rows: readonly RotationRow[], runs: Runs, equal: readonly RotationRow[], equalRuns: Runs): Figure {
  const where = whereItDamps(rows);
  const growth = { title: "ln ρ (per step)" };
  return {
    file: "rotation.png",
    title: `Heavy ball on the bilinear game: ${where}`,
    caption: `Growth per step, ln ρ; below zero the players come in. Left and middle: η = ${number(runs[0].config.optimizer.lr)} for every β, so that the effective rate η/(1 − β) grows with it. Right: η/(1 − β) = ${number(effectiveRate(equalRuns[0].config))} for every β. ${capitalised(where)}.`,
    columns: 3,
    panelWidth: 620,
    panelHeight: 560,
    panels: [
      { title: "Growth at equal η", x: betaAxis, y: growth, series: seriesOf(rows, runs, (config) => config.lr) },
      {
        title: "Growth at equal η, enlarged around zero",
        x: { ...betaAxis, max: 0.2 },
        y: { ...growth, min: -0.002, max: 0.006 },
        series: seriesOf(rows, runs, (config) => config.lr),
      },
      {
        title: "Growth at equal η/(1 − β)",
        x: betaAxis,
        y: growth,
        series: seriesOf(equal, equalRuns, (config, beta) => (config.lr / (1 - config.momentum)) * (1 - beta)),
      },
    ],
  };
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const styles = {
  simultaneous: { colour: colours.blue, shape: "circle" },
  alternating: { colour: colours.vermillion, shape: "triangle" },
} as const;

/** The learning rate at β of a curve through runs of which one has these settings. */
type RateAt = (config: Config["optimizer"], beta: number) => number;

function seriesOf(rows: readonly RotationRow[], runs: Runs, rateAt: RateAt): Panel["series"] {
  return orders.flatMap((order) => {
    const { colour, shape } = styles[order];
    const curve = closedForm(runs, order, rateAt);
    const measured = rows.filter((row) => row.order === order);
    return [
      line(`${order}, closed form`, curve, colour),
      marks(
        `${order}, measured`,
        measured.map((row) => ({ x: row.beta, y: row.measured.growth })),
        colour,
        { shape },
      ),
    ];
  });
}

/** The growth in closed form as a curve over β, on the game of the first run. */
function closedForm(runs: Runs, order: Order, rateAt: RateAt): Point[] {
  const { optimizer, game } = runs[0].config;
  const betas = runs.map(({ config }) => config.optimizer.momentum);
  const [low, high] = [Math.min(...betas), Math.max(...betas)];
  const dissipation = [game.dissipation, game.dissipation] as const;
  return Array.from({ length: 141 }, (_, i) => {
    const beta = low + ((high - low) * i) / 140;
    const play = { order, lr: rateAt(optimizer, beta), momentum: beta, coupling: game.coupling, dissipation };
    return { x: beta, y: log(linearDynamics(play).spectralRadius) };
  });
}

function table(rows: readonly RotationRow[]): Table {
  return {
    header: ["order", "β", "ln ρ measured", "ln ρ closed form", "ζ measured", "ζ closed form"],
    rows: rows.map(({ order, beta, measured, predicted }) => [
      order,
      number(beta),
      number(measured.growth, 6),
      number(predicted.growth, 6),
      number(measured.dampingRatio, 6),
      number(predicted.dampingRatio, 6),
    ]),
  };
}
