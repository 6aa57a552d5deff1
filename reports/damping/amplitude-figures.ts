import { colours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { line, logarithmicBounds, marks, type Panel, type Point, type Series } from "../parts/panel.js";
import { listText, number } from "../parts/text.js";
import { type AmplitudeRow, type AmplitudeRun, crest, type Law, regimesOf } from "./amplitude-rows.js";
import { beta1Axis, change } from "./beta1.js";

/** A law as a curve over β₁, in units of η, at the other settings of the first run. */
export function lawCurve(runs: readonly AmplitudeRun[], law: Law): Point[] {
  const { config } = runs[0];
  const betas = runs.map((run) => run.config.optimizer.beta1);
  const [low, high] = [Math.min(...betas), Math.max(...betas)];
  return Array.from({ length: 101 }, (_, i) => {
    const beta1 = low + ((high - low) * i) / 100;
    return { x: beta1, y: law.predicted(config, beta1) / config.optimizer.lr };
  });
}

interface Amplitudes {
  readonly rows: readonly AmplitudeRow[];
  readonly curve: readonly Point[];
}

/** `β₂ = 0.99, exact gradients`. */
export const regimeText = ({ beta2, noise }: { readonly beta2: number; readonly noise: number }) =>
  `β₂ = ${number(beta2)}, ${noise === 0 ? "exact gradients" : `noise σ = ${number(noise)}`}`;

/** Both amplitudes over β₁ beside their laws, and all motion around the minimum. */
export function amplitudesFigure(slow: Amplitudes, fast: Amplitudes): Figure {
  const [slowEnds] = regimesOf(slow.rows, ({ measured }) => measured);
  const [fastEnds] = regimesOf(fast.rows, ({ measured }) => measured);
  const still = fast.rows.filter(({ measured }) => !(measured > 0));
  const stillText =
    still.length === 0
      ? ""
      : ` Not drawn, since nothing is left to chatter: β₁ = ${listText(still.map(({ beta1 }) => number(beta1)))} with ${regimeText(still[0])}.`;
  return {
    file: "adam-amplitudes.png",
    title: `Adam: from β₁ = 0 to 0.9 ${change("the slow cycle", slowEnds.without, slowEnds.strong)} and ${change("the chatter", fastEnds.without, fastEnds.strong)} (${regimeText(fastEnds)})`,
    caption: `Left: the slow cycle on the pure rotation x·y (simultaneous). Middle: chatter, periods below 4 steps, around the minimum of two parabolas. Right: the root-mean-square distance from that minimum, of all periods. All in units of the learning rate η, on logarithmic axes; curves are the laws for exact gradients.${stillText}`,
    columns: 3,
    panelWidth: 620,
    panelHeight: 600,
    panels: [
      panel(
        "Slow cycle on x·y",
        "radius of the cycle (units of η)",
        slow,
        ({ measured }) => measured,
        "4√((½ + τ)/(1 − β₂))",
      ),
      panel(
        "Chatter on x²/2",
        "amplitude of the chatter (units of η)",
        fast,
        ({ measured }) => measured,
        "(1 − β₁)/(1 + β₁)/√2",
      ),
      panel("All motion on x²/2", "distance from the minimum (units of η)", fast, ({ distance }) => distance, null),
    ],
  };
}

const styles = [
  { colour: colours.vermillion, shape: "circle" },
  { colour: colours.green, shape: "triangle" },
  { colour: colours.purple, shape: "rect" },
  { colour: colours.black, shape: "crossRot" },
] as const;

function panel(
  title: string,
  axis: string,
  { rows, curve }: Amplitudes,
  of: (row: AmplitudeRow) => number,
  formula: string | null,
): Panel {
  const regimes = regimesOf(rows, of).map((regime, i): Series => {
    const own = rows.filter(({ beta2, noise }) => beta2 === regime.beta2 && noise === regime.noise);
    const { colour, shape } = styles[i % styles.length];
    const drawn = own.filter((row) => of(row) > 1e-3).map((row) => ({ x: row.beta1, y: of(row) }));
    return marks(regimeText(regime), drawn, colour, { radius: 6, shape });
  });
  const law = formula === null ? [] : [line(formula, curve, colours.blue)];
  const heights = [
    ...rows.map(of).filter((value) => value > 1e-3),
    ...(formula === null ? [] : curve.map(({ y }) => y)),
  ];
  return {
    title,
    x: beta1Axis,
    y: { title: axis, scale: "logarithmic", ...logarithmicBounds(heights) },
    series: [...law, ...regimes],
  };
}

/** One coordinate over the last steps of a run with exact gradients. */
export interface Trace {
  readonly beta1: number;
  readonly beta2: number;
  /** units of η, over the last half of the run */
  readonly values: Float64Array;
}

const shownSteps = 400;

/** What chatter looks like: a steady flip of sign without momentum, bursts with it. */
export function burstsFigure(traces: readonly Trace[]): Figure {
  const bursting = traces.filter(({ values }) => crest(values) > 2);
  const where =
    bursting.length === 0
      ? "is steady"
      : `comes in bursts under β₁ = ${listText(bursting.map(({ beta1 }) => number(beta1)))}`;
  return {
    file: "chatter-bursts.png",
    title: `Adam's chatter around a minimum ${where}`,
    caption: `One coordinate over the last ${shownSteps} steps with exact gradients (β₂ = ${number(traces[0]?.beta2)}), in units of η. Between bursts √v forgets the gradients, so that steps grow until the sign flips again; the crest is the largest excursion by the root mean square, 1 for a steady flip.`,
    columns: 3,
    panelWidth: 620,
    panelHeight: 420,
    panels: traces.map(({ beta1, values }) => ({
      title: `β₁ = ${number(beta1)}: crest ${number(crest(values), 2)}`,
      x: { title: "steps before the end", min: -shownSteps, max: 0 },
      y: { title: "x (units of η)" },
      series: [
        line(
          "",
          [...values.slice(-shownSteps)].map((y, i, shown) => ({ x: i - shown.length + 1, y })),
          colours.blue,
          { width: 1 },
        ),
      ],
    })),
  };
}
