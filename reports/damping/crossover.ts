import { z } from "zod";
import { log } from "../../src/math/elementary/logarithm.js";
import { hypot } from "../../src/math/elementary/roots.js";
import { momentumCrossover } from "../../src/theory/bilinear.js";
import { colours, seriesColours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { line, marks, upright } from "../parts/panel.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { groupBy, summaryNumber } from "../parts/select.js";
import { number } from "../parts/text.js";

const needs = z.object({
  game: z.object({ coupling: z.number(), dissipation: z.number() }),
  optimizer: z.object({ lr: z.number(), momentum: z.number() }),
});
type Config = z.output<typeof needs>;
type Runs = readonly CheckedRun<Config>[];

/** Games with a damping ratio of their own: from which on does momentum add to it? */
export const crossover = experiment({
  needs: { crossover: needs },
  find({ crossover: { runs } }) {
    const rows = crossoverRows(runs);
    const rate = effectiveRate(runs[0].config);
    const changes = signChanges(rows);
    return {
      verdicts: [verdict(changes, rate)],
      sections: [
        { heading: "Games with damping of their own", figure: figure(rows, changes, rate), content: [table(rows)] },
      ],
    };
  },
});

const effectiveRate = ({ optimizer }: Config) => optimizer.lr / (1 - optimizer.momentum);
/** ζ of the game's own flow */
const dampingRatioOf = ({ game }: Config) => game.dissipation / hypot(game.dissipation, game.coupling);

/** What momentum adds to the decay of a game of damping ratio ζ at equal effective learning rate. */
export interface CrossoverRow {
  readonly zeta: number;
  readonly beta: number;
  /** −(ln ρ(β) − ln ρ(0)) in units of (η/(1 − β))² β/(1 − β): positive where momentum helps */
  readonly measured: number;
  readonly predicted: number;
}

/** A row for each run with momentum, beside the one without on the same game. */
export function crossoverRows(runs: Runs): CrossoverRow[] {
  const games = groupBy(runs, ({ config }) => dampingRatioOf(config));
  return [...games].flatMap(([zeta, group]) => {
    const growth = (run: Runs[number], which: string) => log(summaryNumber(run, `${which}.spectralRadius`));
    const plain = group.find(({ config }) => config.optimizer.momentum === 0);
    if (plain === undefined) return [];
    return group
      .filter((run) => run !== plain)
      .map((run) => {
        const beta = run.config.optimizer.momentum;
        const rate = effectiveRate(run.config);
        const unit = (rate * rate * beta) / (1 - beta);
        const help = (which: string) => -(growth(run, which) - growth(plain, which)) / unit;
        return { zeta, beta, measured: help("measured"), predicted: help("predicted") };
      });
  });
}

interface SignChange {
  readonly beta: number;
  /** the game's damping ratio; NaN where the sign does not change */
  readonly zeta: number;
}

/** Where the measured help of momentum turns positive, by linear interpolation, for each β. */
export function signChanges(rows: readonly CrossoverRow[]): SignChange[] {
  return [...groupBy(rows, ({ beta }) => beta)].map(([beta, group]) => {
    const sorted = [...group].sort((a, b) => a.zeta - b.zeta);
    const above = sorted.findIndex((row, i) => i > 0 && sorted[i - 1].measured < 0 && row.measured >= 0);
    if (above < 0) return { beta, zeta: Number.NaN };
    const [a, b] = [sorted[above - 1], sorted[above]];
    return { beta, zeta: a.zeta + ((b.zeta - a.zeta) * -a.measured) / (b.measured - a.measured) };
  });
}

function verdict(changes: readonly SignChange[], rate: number): Verdict {
  const worst = Math.max(...changes.map(({ zeta }) => Math.abs(zeta - momentumCrossover)));
  return {
    claim: "Momentum begins to help where the game's own damping ratio exceeds 1/√2 = 0.7071.",
    verdict: worst < 0.001 ? "true" : "false",
    because: `Measured: ${changesText(changes)} (interpolated between conditions, effective η = ${number(rate)}; the sign change holds to leading order in η).`,
  };
}

const changesText = (changes: readonly SignChange[]) =>
  changes.map(({ beta, zeta }) => `ζ = ${number(zeta)} for β = ${beta}`).join(", ");

/** How the first β is drawn. */
const onTop = { curve: { dash: [9, 4], width: 3 }, points: { shape: "ring", radius: 9 } } as const;

/** What momentum adds to the decay, over the game's own damping ratio. */
function figure(rows: readonly CrossoverRow[], changes: readonly SignChange[], rate: number): Figure {
  const extent = Math.max(...rows.map((row) => Math.abs(row.predicted))) * 1.1;
  const of = (beta: number, field: "measured" | "predicted") =>
    rows.filter((row) => row.beta === beta).map((row) => ({ x: row.zeta, y: row[field] }));
  return {
    file: "crossover.png",
    title: `Momentum begins to help at a damping ratio of ${changesText(changes)}`,
    caption: `Games with a damping ratio ζ of their own, simultaneous play at equal effective learning rate ${number(rate)}. Above zero momentum adds damping, below it takes damping away. Theory: the sign changes at ζ = 1/√2 = ${number(momentumCrossover)}, for every β.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 560,
    panels: [
      {
        title: "Damping added by momentum",
        x: { title: "damping ratio ζ of the game's own flow (dimensionless)", min: 0.58, max: 0.82, stepSize: 0.04 },
        y: { title: "added decay (units of the squared step × β/(1 − β))" },
        series: [
          upright("ζ = 1/√2", momentumCrossover, -extent, extent, colours.grey, { dash: [6, 5] }),
          // What lies on top leaves free what it covers: dashes, and rings.
          ...changes.flatMap(({ beta }, i) => [
            line(`β = ${beta}, closed form`, of(beta, "predicted"), seriesColours[i], i === 0 ? onTop.curve : {}),
            marks(`β = ${beta}, measured`, of(beta, "measured"), seriesColours[i], i === 0 ? onTop.points : {}),
          ]),
        ],
      },
    ],
  };
}

function table(rows: readonly CrossoverRow[]): Table {
  return {
    header: ["ζ of the game", "β", "added decay measured", "closed form"],
    rows: rows.map(({ zeta, beta, measured, predicted }) => [
      number(zeta),
      number(beta),
      number(measured),
      number(predicted),
    ]),
  };
}
