import { normalisedStep } from "../../src/theory/rmsprop-response.js";
import type { Figure } from "../png.js";
import { band, chart, colours, cycle, intervals, line, logarithmicBounds, marks } from "../theme.js";
import { type RecoveryRow, type Response, type ReturnCurve, reference, tolerance } from "./measures.js";
import type { Trace } from "./trace.js";

/** RMSprop's step after the jump up and after the jump down. */
export function responseFigure(all: readonly Response[]): Figure {
  const panel = (title: string, direction: Response["direction"]) => {
    const shown = all.filter((response) => response.direction === direction);
    const longest = Math.max(...shown.map(({ measured }) => measured.length));
    const { min, max } = logarithmicBounds(shown.flatMap(({ measured }) => [measured[0], 1]));
    return chart(
      title,
      { title: "updates since the jump", scale: "logarithmic", min: 0.8, max: longest },
      { title: "step size |Δθ| (units of η)", scale: "logarithmic", min, max },
      shown.flatMap(({ rho, ratio, measured }, i) => {
        const at = logSpaced(measured.length);
        return [
          line(
            `ρ = ${rho}, closed form`,
            at.map((s) => ({ x: s, y: normalisedStep(rho, ratio, s) })),
            cycle[i],
          ),
          marks(
            "measured",
            at.filter((_, k) => k % 4 === 0).map((s) => ({ x: s, y: measured[s - 1] })),
            cycle[i],
            { radius: 4, hidden: true },
          ),
        ];
      }),
    );
  };
  return {
    file: "effective-step.png",
    title: "RMSprop's step around a jump of the gradient's scale",
    caption:
      "A constant gradient grows tenfold (left), and falls back to a tenth (right); curves are the closed form k/√(ρˢ + (1 − ρˢ)k²), marks the measured steps. Up: steps too large by at most 1/√(1 − ρ), soon forgotten. Down: steps ten times too small, for long.",
    columns: 2,
    panelWidth: 800,
    panelHeight: 600,
    panels: [panel("Up: the gradient grows × 10", "up"), panel("Down: the gradient shrinks to 1/10", "down")],
  };
}

/** 1 … n, about 16 to a decade. */
function logSpaced(n: number): number[] {
  const chosen: number[] = [];
  for (let s = 1; s <= n; s = Math.max(s + 1, Math.round(s * 1.155))) chosen.push(s);
  return chosen;
}

/** The time to settle against the memory, up and down. */
export function settlingFigure(all: readonly Response[]): Figure {
  const of = (direction: Response["direction"], which: "measured" | "predicted") =>
    all
      .filter((response) => response.direction === direction)
      .map(({ rho, settled }) => ({ x: 1 / (1 - rho), y: settled[which] }));
  const { min, max } = logarithmicBounds(all.map(({ rho }) => 1 / (1 - rho)));
  return {
    file: "settling-time.png",
    title: "How long RMSprop takes to adapt, in units of its memory",
    caption: `Updates until the step stays within ${100 * tolerance} % of its settled size. The memory 1/(1 − ρ) sets the scale in both directions, but a fall takes many times as long as a rise by the same factor.`,
    columns: 1,
    panelWidth: 900,
    panelHeight: 600,
    panels: [
      chart(
        "Time to settle after a tenfold jump",
        { title: "memory 1/(1 − ρ) (updates)", scale: "logarithmic", min, max },
        {
          title: "time to settle (updates)",
          scale: "logarithmic",
          ...logarithmicBounds(
            all.map((r) => r.settled.measured),
            2,
          ),
        },
        [
          line("down, closed form", of("down", "predicted"), colours.vermillion),
          marks("down, measured", of("down", "measured"), colours.vermillion, { shape: "triangle", radius: 7 }),
          line(
            "memory itself",
            [
              { x: min, y: min },
              { x: max, y: max },
            ],
            colours.grey,
            { dash: [6, 5] },
          ),
          line("up, closed form", of("up", "predicted"), colours.blue),
          marks("up, measured", of("up", "measured"), colours.blue, { radius: 6 }),
        ],
      ),
    ],
  };
}

/** CartPole's return over time for every ρ, with the jumps marked. */
export function returnFigure(
  curves: readonly ReturnCurve[],
  jumps: readonly { readonly at: number; readonly label: string }[],
  seeds: number,
): Figure {
  return {
    file: "cartpole-return.png",
    title: "CartPole: return around the jumps",
    caption: `Mean return of the episodes that ended in each window, over ${seeds} seeds; shaded from the lower to the upper quartile of the seeds. Dashed lines mark the jumps (${jumps.map(({ at, label }) => `${label} at ${grouped(at)}`).join(", ")}), dotted the return that counts as recovered.`,
    columns: 1,
    panelWidth: 1250,
    panelHeight: 620,
    panels: [
      chart(
        "Return by environment step",
        { title: "environment steps, all copies together", min: 0 },
        { title: "return per episode (highest possible: 500)", min: 0, max: 500 },
        [
          ...curves.map(({ rho, points }, i) =>
            line(
              `ρ = ${rho}`,
              points.map(({ step, mean }) => ({ x: step, y: mean })),
              cycle[i],
            ),
          ),
          ...jumps.map(({ at }, i) =>
            line(
              "jump",
              [
                { x: at, y: 0 },
                { x: at, y: 500 },
              ],
              colours.black,
              { dash: [7, 5], width: 1.5, hidden: i > 0 },
            ),
          ),
          line(
            "recovered",
            [
              { x: 0, y: reference },
              { x: Math.max(...curves.flatMap(({ points }) => points.map(({ step }) => step))), y: reference },
            ],
            colours.grey,
            { dash: [2, 4], width: 1.5 },
          ),
          ...curves.flatMap(({ points }, i) =>
            band(
              points.map(({ step, low }) => ({ x: step, y: low })),
              points.map(({ step, high }) => ({ x: step, y: high })),
              cycle[i],
            ),
          ),
        ],
      ),
    ],
  };
}

/** Time to recover against memory, one panel a jump. */
export function recoveryFigure(rows: readonly RecoveryRow[]): Figure {
  const all = [...new Set(rows.map(({ phase }) => phase))];
  const times = rows.flatMap(({ recoveries, median }) => [
    ...recoveries.map(({ time }) => time.time),
    median ?? Number.NaN,
  ]);
  const memories = rows.map(({ memorySteps }) => memorySteps);
  const x = {
    title: "memory 1/(1 − ρ) (environment steps)",
    scale: "logarithmic" as const,
    ...logarithmicBounds(memories, 2),
  };
  const y = {
    title: "time to recover (environment steps)",
    scale: "logarithmic" as const,
    ...logarithmicBounds([...times, ...memories], 2),
  };
  const low = Math.max(x.min, y.min);
  const high = Math.min(x.max, y.max);
  return {
    file: "cartpole-recovery.png",
    title: "CartPole: time to recover against RMSprop's memory",
    caption: `From the jump, or the start, until the mean return of 20 episodes reaches ${reference}, 80 % of the highest possible. Crosses never got there before the next jump or the end: their time is a lower bound. Were memory the time to adapt, the medians would lie along the dashed line's slope.`,
    columns: all.length,
    panelWidth: 620,
    panelHeight: 600,
    panels: all.map((phase) => {
      const shown = rows.filter((row) => row.phase === phase);
      const seeds = (observed: boolean) =>
        shown.flatMap(({ memorySteps, recoveries }) =>
          recoveries
            .filter(({ time }) => time.observed === observed)
            .map(({ time }) => ({ x: memorySteps, y: time.time })),
        );
      const medians = shown.flatMap(({ memorySteps, median }) =>
        median === null ? [] : [{ x: memorySteps, y: median }],
      );
      return chart(`${shown[0].label}`, x, y, [
        line(
          "memory itself",
          [
            { x: low, y: low },
            { x: high, y: high },
          ],
          colours.grey,
          { dash: [6, 5] },
        ),
        marks("median", medians, colours.vermillion, { radius: 8, shape: "rect" }),
        ...intervals(
          shown.map(({ memorySteps, recoveries }) => ({
            x: memorySteps,
            low: Math.min(...recoveries.map(({ time }) => time.time)),
            high: Math.max(...recoveries.map(({ time }) => time.time)),
          })),
          colours.sky,
        ),
        marks("recovered, one seed", seeds(true), colours.blue, { radius: 4 }),
        marks("not recovered", seeds(false), colours.black, { radius: 6, shape: "crossRot" }),
      ]);
    }),
  };
}

/** The update norm and √v around the jumps, in units of their level before, against the memory. */
export function traceFigure(traces: readonly Trace[]): Figure {
  const jumps = [...new Set(traces.map(({ jump }) => jump))];
  const x = { title: "environment steps since the jump", scale: "logarithmic" as const };
  const panel = (jump: number, title: string, field: "updateNorm" | "rootSquare") => {
    const shown = traces.filter((trace) => trace.jump === jump);
    const all = traces.flatMap(({ points }) => points.map((point) => point[field]));
    return chart(
      `${title}\n${shown[0].label}`,
      x,
      { title: "in units of its level before the jump", scale: "logarithmic", ...logarithmicBounds([...all, 1]) },
      shown.map(({ rho, memorySteps, points }, i) =>
        line(
          `ρ = ${rho}, memory ${grouped(memorySteps)}`,
          points.map((point) => ({ x: point.since, y: point[field] })),
          cycle[i],
        ),
      ),
    );
  };
  return {
    file: "cartpole-trace.png",
    title: "CartPole: RMSprop's own state around the jumps",
    caption:
      "Means over the seeds. When the physics jumps, the gradient grows and √v has yet to learn of it: the updates are too large, at most by 1/√(1 − ρ), for a time of the order of the memory. Legends give the memory in environment steps.",
    columns: 2,
    panelWidth: 760,
    panelHeight: 520,
    panels: jumps.flatMap((jump) => [
      panel(jump, "Norm of the update", "updateNorm"),
      panel(jump, "√v, median over the parameters", "rootSquare"),
    ]),
  };
}

const grouped = (value: number) => Math.round(value).toLocaleString("en-US").replaceAll(",", "\u2009");
