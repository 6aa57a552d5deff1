import { z } from "zod";
import { log } from "../../../src/math/elementary/logarithm.js";
import { problemTables } from "../../../src/problems/tables.js";
import { studentInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { memory as memoryOf } from "../../../src/theory/rmsprop-response.js";
import { bestTrackingMemory, type SwitchingSquares, trackingError } from "../../../src/theory/square-tracking.js";
import { seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { extent, intervals, line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { listText, number, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

export const needs = z.object({
  problem: z.object({ low: z.number(), high: z.number(), period: z.number() }),
  optimizer: z.object({ lr: z.number(), rho: z.number() }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** Noise whose scale switches: how far v is from the mean square of the gradients, by memory and period. */
export const tracking = defineClaim({
  name: "tracking",
  words: "v tracks gradient statistics that move, best with a memory matched to their pace.",
  source: "second chapter, moving statistics",
  needs,
  find: async ({ runs, seeds }) => finding(byPeriod(await strays(runs)), seeds.length),
});

/** How far v strays from E g² in one run. */
export interface Stray {
  readonly rho: number;
  readonly squares: SwitchingSquares;
  readonly seed: number;
  /** √(mean (v − s²)²) over the mean of s², over the last whole periods of the second half */
  readonly error: number;
  /** √(mean (ln v/s²)²) over the same steps */
  readonly logError: number;
}

/** v is read off the step, v/η² = (g/Δθ)²: mean and spread over the copies give E (v − s²)², those of ln v E (ln v/s²)². */
export async function strays(runs: readonly Run[]): Promise<Stray[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const table = await tableOf(
        run,
        problemTables.metrics,
        "scale",
        "square",
        "squareSpread",
        "logSquare",
        "logSquareSpread",
      );
      const steps = table.scale.length;
      const periods = Math.max(1, Math.floor(steps / 2 / problem.period));
      const factor = optimizer.lr * optimizer.lr;
      let [sum, logSum, count] = [0, 0, 0];
      for (let t = Math.max(0, steps - periods * problem.period); t < steps; t++) {
        const bias = factor * table.square[t] - table.scale[t] * table.scale[t];
        const spread = factor * table.squareSpread[t];
        sum += bias * bias + spread * spread;
        const logBias = table.logSquare[t] + log(factor) - 2 * log(table.scale[t]);
        logSum += logBias * logBias + table.logSquareSpread[t] * table.logSquareSpread[t];
        count++;
      }
      const [low, high] = [problem.low * problem.low, problem.high * problem.high];
      const error = Math.sqrt(sum / count) / ((low + high) / 2);
      const squares = { low, high, period: problem.period };
      return { rho: optimizer.rho, squares, seed: run.seed, error, logError: Math.sqrt(logSum / count) };
    }),
  );
}

/** The strays at one period: by ρ, and which memory is the best for each seed. */
export interface Period {
  readonly squares: SwitchingSquares;
  readonly points: readonly { readonly rho: number; readonly errors: readonly number[] }[];
  /** 1/(1 − ρ) of the least error, a seed each */
  readonly best: readonly number[];
}

export function byPeriod(all: readonly Stray[]): Period[] {
  return [...groupBy(all, ({ squares }) => squares.period).values()].map((group) => ({
    squares: group[0].squares,
    points: [...groupBy(group, ({ rho }) => rho)].map(([rho, some]) => ({
      rho,
      errors: some.map(({ error }) => error),
    })),
    best: [...groupBy(group, ({ seed }) => seed).values()].map((some) =>
      memoryOf(some.reduce((a, b) => (b.error < a.error ? b : a)).rho),
    ),
  }));
}

/** The exponent of M ∝ Pᵃ, through the first and the last period. */
function exponent(all: readonly Period[], memory: (period: Period) => number): number {
  const [first, last] = [all[0], all[all.length - 1]];
  return log(memory(last) / memory(first)) / log(last.squares.period / first.squares.period);
}

const middle = (values: readonly number[]) => values.slice().sort((a, b) => a - b)[Math.floor(values.length / 2)];

function finding(all: readonly Period[], seeds: number): Finding {
  const ratios = all.flatMap(({ squares, points }) =>
    points.map(({ rho, errors }) => studentInterval(errors).estimate / trackingError(rho, squares) - 1),
  );
  const worst = Math.max(...ratios.map(Math.abs));
  const grows = all.every(({ best }, i) => i === 0 || Math.min(...best) >= Math.max(...all[i - 1].best));
  const moves = Math.min(...all[all.length - 1].best) > Math.max(...all[0].best);
  const holds = grows && moves;
  const verb = holds ? "grows" : "goes";
  const slope = exponent(all, ({ best }) => middle(best));
  const bests = all.map(({ squares, best }) => `${rangeOf(best)} at a period of ${squares.period}`).join(", ");
  return {
    verdict: holds ? "true" : "false",
    decides: `best memory ${all.map(({ best }) => rangeOf(best)).join(" / ")} steps at periods ${all.map(({ squares }) => squares.period).join(" / ")}: as the period to the ${number(slope, 2)}`,
    because: `Pure noise whose scale switches between ${number(Math.sqrt(all[0].squares.low))} and ${number(Math.sqrt(all[0].squares.high))} every half period, ${seedsText(seeds)} of which each must agree. The memory 1/(1 − ρ), of those tried, whose v is nearest to E g²: ${bests}. “Matched” does not mean equal: the best memory ${verb} as the period to the ${number(slope, 2)}, in the law as its root, since a short memory's noise falls as 1/M while a long one's lag grows as M. The closed form is met within ${number(100 * worst, 2)} % everywhere.`,
    figure: {
      title: `The memory that tracks best ${verb} from ${rangeOf(all[0].best)} to ${rangeOf(all[all.length - 1].best)} steps as the period grows ${number(all[all.length - 1].squares.period / all[0].squares.period)}-fold: as the period to the ${number(slope, 2)}`,
      caption: `Left: the root mean square of v − E g² over the mean of E g²; marks are means over ${seedsText(seeds)} with 95 % intervals, mostly within the marks, lines the closed form. Right: the memory of the least error by period, a mark a seed, and the law's least.`,
      columns: 2,
      panelWidth: 820,
      panelHeight: 580,
      panels: [errors(all), optima(all)],
    },
    content: [
      {
        header: ["period", "ρ", "error", "closed form"],
        rows: all.flatMap(({ squares, points }) =>
          points.map((point) => [
            String(squares.period),
            number(point.rho),
            intervalText(studentInterval(point.errors), 3),
            number(trackingError(point.rho, squares), 3),
          ]),
        ),
      },
    ],
  };
}

const rangeOf = (values: readonly number[]) => listText([...new Set(extent(values).map((value) => number(value, 2)))]);

function errors(all: readonly Period[]): Panel {
  const memories = all[0].points.map(({ rho }) => memoryOf(rho));
  const [low, high] = extent(memories);
  return {
    title: "Distance of v from E g²",
    x: { title: "memory 1/(1 − ρ) (steps)", scale: "logarithmic", min: low / 1.3, max: high * 1.3 },
    y: { title: "root mean square error / mean of E g²", scale: "logarithmic" },
    series: all.flatMap(({ squares, points }, i) => {
      const bars = points.map(({ rho, errors: values }) => ({ x: memoryOf(rho), ...studentInterval(values) }));
      return [
        line(
          "",
          curve(low, high, (memory) => trackingError(1 - 1 / memory, squares), "logarithmic"),
          seriesColours[i],
          { dash: dashes[i] },
        ),
        ...intervals(
          bars.filter((bar) => bar.low > 0),
          seriesColours[i],
        ),
        marks(
          `period ${squares.period}`,
          bars.map(({ x, estimate }) => ({ x, y: estimate })),
          seriesColours[i],
          { shape: shapes[i % shapes.length] },
        ),
      ];
    }),
  };
}

/** The memory at which the law is least, by a fine grid. */
function lawsBest(squares: SwitchingSquares): number {
  return curve(1.05, 2000, (memory) => trackingError(1 - 1 / memory, squares), "logarithmic", 2000).reduce((a, b) =>
    b.y < a.y ? b : a,
  ).x;
}

function optima(all: readonly Period[]): Panel {
  const periods = all.map(({ squares }) => squares.period);
  const [low, high] = extent(periods);
  const of = (period: number): SwitchingSquares => ({ ...all[0].squares, period });
  return {
    title: "The memory that tracks best",
    x: { title: "period of the noise (steps)", scale: "logarithmic" },
    y: { title: "memory 1/(1 − ρ) (steps)", scale: "logarithmic", min: 1 },
    series: [
      line(
        "least error of the closed form",
        curve(low, high, (period) => lawsBest(of(period)), "logarithmic", 40),
        seriesColours[0],
      ),
      line(
        "its limit for long periods, ∝ √period",
        curve(low, high, (period) => bestTrackingMemory(of(period)), "logarithmic"),
        seriesColours[1],
        { dash: dashes[1] },
      ),
      line(
        "half a period",
        curve(low, high, (period) => period / 2, "logarithmic"),
        seriesColours[6],
        { dash: dashes[2], width: 1 },
      ),
      marks(
        "measured, of the memories tried",
        all.flatMap(({ squares, best }) => best.map((memory) => ({ x: squares.period, y: memory }))),
        seriesColours[0],
        { radius: 6 },
      ),
    ],
  };
}
