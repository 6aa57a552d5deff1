import { memory, normalisedStep } from "../../src/theory/rmsprop-response.js";
import { colours, seriesColours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { diagonal, line, logarithmicBounds, marks, type Panel } from "../parts/panel.js";
import { number, rangeText } from "../parts/text.js";

/** How close to its settled size the step must be to count as adapted. */
export const tolerance = 0.1;

/** RMSprop's step after one jump of the gradient's scale, measured and in closed form. */
export interface Response {
  readonly rho: number;
  readonly direction: "up" | "down";
  /** the new scale in units of the old one */
  readonly ratio: number;
  /** |Δθ|/η at s = 1, 2, … steps after the jump */
  readonly measured: Float64Array;
  readonly largestError: number;
  /** updates until the step stays within the tolerance */
  readonly settled: { readonly measured: number; readonly predicted: number };
}

/** Times to settle of one ρ, in memories 1/(1 − ρ). */
export interface SettlingTimes {
  readonly rho: number;
  readonly up: number;
  readonly down: number;
}

const after = (all: readonly Response[], direction: Response["direction"]) =>
  all.filter((response) => response.direction === direction);

/** RMSprop's step after the jump up and after the jump down. */
export function responseFigure(all: readonly Response[]): Figure {
  const [up, down] = [after(all, "up"), after(all, "down")];
  const bounded = up.every(({ rho, measured }) => measured[0] <= 1 / Math.sqrt(1 - rho));
  const ratios = (some: readonly Response[]) => rangeText(some.map(({ ratio }) => ratio));
  return {
    file: "effective-step.png",
    title: `RMSprop's first step is ${sizeText(up)} after a rise of the gradient, ${sizeText(down)} after a fall`,
    caption: `A constant gradient grows to ${ratios(up)} times its size (left), and falls back to ${ratios(down)} of it (right); curves are the closed form k/√(ρˢ + (1 − ρˢ)k²), marks the measured steps. First steps: up ${rangeText(up.map(({ measured }) => measured[0]))} η, ${bounded ? "at most 1/√(1 − ρ)" : "more than 1/√(1 − ρ)"}; down ${rangeText(down.map(({ measured }) => measured[0]))} η.`,
    columns: 2,
    panelWidth: 800,
    panelHeight: 600,
    panels: [panel(`Up: the gradient × ${ratios(up)}`, up), panel(`Down: the gradient × ${ratios(down)}`, down)],
  };
}

/** Of the first step after a jump, against η. */
function sizeText(responses: readonly Response[]): string {
  if (responses.every(({ measured }) => measured[0] > 1)) return "too large";
  return responses.every(({ measured }) => measured[0] < 1) ? "too small" : "of either size";
}

function panel(title: string, responses: readonly Response[]): Panel {
  const longest = Math.max(...responses.map(({ measured }) => measured.length));
  return {
    title,
    x: { title: "updates since the jump", scale: "logarithmic", min: 0.8, max: longest },
    y: {
      title: "step size |Δθ| (units of η)",
      scale: "logarithmic",
      ...logarithmicBounds(responses.flatMap(({ measured }) => [measured[0], 1])),
    },
    series: responses.flatMap(({ rho, ratio, measured }, i) => {
      const at = logSpaced(measured.length);
      const law = at.map((s) => ({ x: s, y: normalisedStep(rho, ratio, s) }));
      const steps = at.filter((_, k) => k % 4 === 0).map((s) => ({ x: s, y: measured[s - 1] }));
      return [
        line(`ρ = ${rho}, closed form`, law, seriesColours[i]),
        marks("", steps, seriesColours[i], { radius: 4 }),
      ];
    }),
  };
}

/** 1 … n, about 16 to a decade. */
function logSpaced(n: number): number[] {
  const chosen: number[] = [];
  for (let s = 1; s <= n; s = Math.max(s + 1, Math.round(s * 1.155))) chosen.push(s);
  return chosen;
}

/** The time to settle against the memory, up and down. */
export function settlingFigure(all: readonly Response[], times: readonly SettlingTimes[]): Figure {
  const slower = rangeText(times.map(({ up, down }) => down / up));
  const inMemories = (of: "up" | "down") => rangeText(times.map((time) => time[of]));
  const points = (direction: Response["direction"], which: "measured" | "predicted") =>
    after(all, direction).map(({ rho, settled }) => ({ x: memory(rho), y: settled[which] }));
  const { min, max } = logarithmicBounds(all.map(({ rho }) => memory(rho)));
  const settled = all.map((response) => response.settled.measured);
  return {
    file: "settling-time.png",
    title: `RMSprop takes ${slower} times as long to adapt to a fall as to a rise`,
    caption: `Updates until the step stays within ${number(100 * tolerance)} % of its settled size. The memory 1/(1 − ρ) sets the scale: a rise takes ${inMemories("up")} memories, a fall by the same factor ${inMemories("down")}.`,
    columns: 1,
    panelWidth: 900,
    panelHeight: 600,
    panels: [
      {
        title: "Time to settle after a jump",
        x: { title: "memory 1/(1 − ρ) (updates)", scale: "logarithmic", min, max },
        y: { title: "time to settle (updates)", scale: "logarithmic", ...logarithmicBounds(settled, 2) },
        series: [
          line("down, closed form", points("down", "predicted"), colours.vermillion),
          marks("down, measured", points("down", "measured"), colours.vermillion, { shape: "triangle", radius: 7 }),
          diagonal("memory itself", min, max, colours.grey),
          line("up, closed form", points("up", "predicted"), colours.blue),
          marks("up, measured", points("up", "measured"), colours.blue, { radius: 6 }),
        ],
      },
    ],
  };
}
