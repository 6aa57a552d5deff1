import { momentumCrossover } from "../../src/theory/bilinear.js";
import { number } from "../markdown.js";
import type { Figure } from "../png.js";
import { chart, colours, intervals, line, logarithmicBounds, marks } from "../theme.js";
import type { AmplitudeRow, CrossoverRow, Law, RingRow, RotationRow, rotationCurve } from "./measures.js";

type Curve = ReturnType<typeof rotationCurve>;
const beta = { title: "momentum coefficient β", min: -0.6, max: 1, stepSize: 0.2 };
const beta1 = { title: "momentum coefficient β₁ of Adam", min: -0.6, max: 1, stepSize: 0.2 };

/** Growth rate and damping ratio over β: curves are the closed form, marks the measurements. */
export function rotationFigure(
  rows: readonly RotationRow[],
  curves: Record<RotationRow["order"], Curve>,
  lr: number,
): Figure {
  const shown = [
    { order: "simultaneous", colour: colours.blue, shape: "circle" },
    { order: "alternating", colour: colours.vermillion, shape: "triangle" },
  ] as const;
  const panel = (title: string, axis: string, field: "growth" | "dampingRatio", zoom?: { x: object; y: object }) =>
    chart(
      title,
      { ...beta, ...zoom?.x },
      { title: axis, ...zoom?.y },
      shown.flatMap(({ order, colour, shape }) => [
        line(
          `${order}, closed form`,
          curves[order].map((point) => ({ x: point.beta, y: point[field] })),
          colour,
        ),
        marks(
          `${order}, measured`,
          rows.filter((row) => row.order === order).map((row) => ({ x: row.beta, y: row.measured[field] })),
          colour,
          { shape },
        ),
      ]),
    );
  return {
    file: "rotation.png",
    title: "Heavy ball on the bilinear game: does momentum damp the rotation?",
    caption: `η = ${number(lr)}. Left and middle: growth per step, ln ρ; below zero the players come in. Right: damping ratio ζ = −ln ρ/√(ln²ρ + θ²); above zero the cycle dies away. Only alternating play with negative momentum damps.`,
    columns: 3,
    panelWidth: 620,
    panelHeight: 560,
    panels: [
      panel("Growth rate", "ln ρ (per step)", "growth"),
      panel("Growth rate, enlarged around zero", "ln ρ (per step)", "growth", {
        x: { max: 0.2 },
        y: { min: -0.002, max: 0.006 },
      }),
      panel("Damping ratio", "damping ratio ζ (dimensionless)", "dampingRatio"),
    ],
  };
}

/** What momentum adds to the decay, over the game's own damping ratio. */
export function crossoverFigure(rows: readonly CrossoverRow[], lr: number): Figure {
  const betas = [...new Set(rows.map((row) => row.beta))];
  const palette = [colours.blue, colours.vermillion, colours.green];
  const of = (value: number, field: "measured" | "predicted") =>
    rows.filter((row) => row.beta === value).map((row) => ({ x: row.zeta, y: row[field] }));
  const extent = Math.max(...rows.map((row) => Math.abs(row.predicted))) * 1.1;
  return {
    file: "crossover.png",
    title: "Where momentum begins to help",
    caption: `Games with a damping ratio ζ of their own, simultaneous play at equal effective learning rate ${number(lr)}. Above zero momentum adds damping, below it takes damping away. Theory: the sign changes at ζ = 1/√2, for every β.`,
    columns: 1,
    panelWidth: 900,
    panelHeight: 560,
    panels: [
      chart(
        "Damping added by momentum",
        { title: "damping ratio ζ of the game's own flow (dimensionless)", min: 0.58, max: 0.82, stepSize: 0.04 },
        { title: "added decay (units of the squared step × β/(1 − β))" },
        [
          line(
            "ζ = 1/√2",
            [
              { x: momentumCrossover, y: -extent },
              { x: momentumCrossover, y: extent },
            ],
            colours.grey,
            { dash: [6, 5] },
          ),
          ...betas.flatMap((value, i) => [
            line(`β = ${value}, closed form`, of(value, "predicted"), palette[i]),
            marks(`β = ${value}, measured`, of(value, "measured"), palette[i], {
              shape: i === 0 ? "circle" : "triangle",
            }),
          ]),
        ],
      ),
    ],
  };
}

interface Amplitudes {
  readonly beta2: number;
  readonly rows: readonly AmplitudeRow[];
  readonly law: Law;
}

/** The two amplitudes of Adam's motion apart, on games with a closed form. */
export function amplitudesFigure(slowCycle: Amplitudes, chatter: Amplitudes): Figure {
  const panel = (title: string, axis: string, { rows, law }: Amplitudes, formula: string) =>
    chart(title, beta1, { title: axis, scale: "logarithmic", ...logarithmicBounds(rows.map((row) => row.measured)) }, [
      line(formula, law, colours.blue),
      marks(
        "measured",
        rows.map((row) => ({ x: row.beta1, y: row.measured })),
        colours.vermillion,
        { radius: 6 },
      ),
    ]);
  return {
    file: "adam-amplitudes.png",
    title: "Adam: momentum widens the slow cycle and shrinks the chatter",
    caption: `Left: the slow cycle on the pure rotation x·y (simultaneous, β₂ = ${slowCycle.beta2}). Right: period-2 chatter around the minimum of two parabolas (β₂ = ${chatter.beta2}). Both in units of the learning rate η, on logarithmic axes.`,
    columns: 2,
    panelWidth: 800,
    panelHeight: 560,
    panels: [
      panel("Slow cycle on x·y", "radius of the cycle (units of η)", slowCycle, "4√((½ + τ)/(1 − β₂))"),
      panel("Chatter on x²/2", "amplitude of the chatter (units of η)", chatter, "(1 − β₁)/(1 + β₁)/√2"),
    ],
  };
}

/** The same two amplitudes in the ring GAN. */
export function ringFigure(rows: readonly RingRow[], optimizer: { lr: number; beta2: number }): Figure {
  const panel = (
    title: string,
    axis: string,
    mean: "chatter" | "slowCycle",
    seeds: "chatterOfSeeds" | "slowCycleOfSeeds",
    colour: string,
  ) =>
    chart(
      title,
      beta1,
      { title: axis, scale: "logarithmic", ...logarithmicBounds(rows.flatMap((row) => row[seeds])) },
      [
        ...intervals(
          rows.map((row) => ({ x: row.beta1, low: Math.min(...row[seeds]), high: Math.max(...row[seeds]) })),
          colour,
        ),
        marks(
          "mean, bar from the lowest to the highest seed",
          rows.map((row) => ({ x: row.beta1, y: row[mean].estimate })),
          colour,
          { radius: 7 },
        ),
        marks(
          "one seed",
          rows.flatMap((row) => row[seeds].map((y) => ({ x: row.beta1, y }))),
          colours.grey,
          { radius: 3 },
        ),
      ],
    );
  return {
    file: "ring-amplitudes.png",
    title: "Ring GAN under Adam: chatter and slow cycle of the generator's mean",
    caption: `η = ${number(optimizer.lr)}, β₂ = ${optimizer.beta2}, alternating; ${rows[0]?.seeds} seeds per β₁, amplitudes over the last half of the run. There is no closed form here: the bilinear game and the parabola above say which way each should go.`,
    columns: 2,
    panelWidth: 800,
    panelHeight: 560,
    panels: [
      panel("Chatter (period below 4 steps)", "amplitude (data units)", "chatter", "chatterOfSeeds", colours.blue),
      panel(
        "Slow cycle (period above 50 steps)",
        "amplitude (data units)",
        "slowCycle",
        "slowCycleOfSeeds",
        colours.vermillion,
      ),
    ],
  };
}
