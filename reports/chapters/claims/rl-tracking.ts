import { z } from "zod";
import { rlTables } from "../../../agents/tables.js";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import { type Interval, mean, pearsonCorrelation, studentInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { memory as memoryOf } from "../../../src/theory/rmsprop-response.js";
import { colours, seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { diagonal, intervals, line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { listText, number, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";

const needs = z.object({ optimizer: z.object({ rho: z.number() }) });
type Run = CheckedRun<z.output<typeof needs>>;

/** A2C on CartPole, whose force flips: do its gradients' sizes move, and does v follow? */
export const rlTracking = defineClaim({
  name: "rl-tracking",
  words: "In reinforcement learning the gradients' statistics move with the policy, and v tracks them.",
  source: "second chapter, reinforcement learning",
  needs,
  find: async ({ runs }) => finding(byRho(await Promise.all(runs.map(follow)))),
});

/** Updates before and after one whose gradients make its local root mean square. */
const reach = 12;
/** Updates at the beginning that are left out: v and the policy are new. */
const skipped = 50;

/** How √v followed the gradient in one run. */
export interface Follow {
  readonly rho: number;
  /** ln of the local root mean square of the policy's gradient norm, an update each */
  readonly gradient: readonly number[];
  /** ln √v of the policy's middle parameter, shifted to the same mean */
  readonly root: readonly number[];
  /** standard deviation of `gradient` */
  readonly moves: number;
  /** correlation of `root` with `gradient` at the same update */
  readonly correlation: number;
  /** the delay at which √v correlates with the gradient best, in updates */
  readonly lag: number;
}

export async function follow(run: Run): Promise<Follow> {
  const table = await tableOf(run, rlTables.metrics, "policyGradientNorm", "policyRootSquareAverage");
  const { policyGradientNorm: norms, policyRootSquareAverage: roots } = table;
  const count = norms.length - 2 * reach - skipped;
  const gradient = Array.from({ length: count }, (_, i) => {
    const window = norms.subarray(skipped + i, skipped + i + 2 * reach + 1);
    return log(mean(window.map((norm) => norm * norm))) / 2;
  });
  const logs = Array.from({ length: count }, (_, i) => log(roots[skipped + reach + i]));
  const shift = mean(gradient) - mean(logs);
  const root = logs.map((value) => value + shift);
  const centre = mean(gradient);
  const variance = mean(gradient.map((value) => (value - centre) * (value - centre)));
  return {
    rho: run.config.optimizer.rho,
    gradient,
    root,
    moves: Math.sqrt(variance),
    correlation: pearsonCorrelation(gradient, root).estimate,
    lag: bestLag(gradient, root),
  };
}

/** The delay from 0 to a third of the series at which y(t + delay) correlates most with x(t). */
function bestLag(x: readonly number[], y: readonly number[]): number {
  let [best, lag] = [Number.NEGATIVE_INFINITY, 0];
  for (let delay = 0; delay <= x.length / 3; delay++) {
    const correlation = pearsonCorrelation(x.slice(0, x.length - delay), y.slice(delay)).estimate;
    if (correlation > best) [best, lag] = [correlation, delay];
  }
  return lag;
}

/** One ρ over its seeds. */
export interface Following {
  readonly rho: number;
  readonly runs: readonly Follow[];
  readonly correlation: Interval;
  readonly lag: Interval;
}

export function byRho(all: readonly Follow[]): Following[] {
  const groups = [...groupBy(all, ({ rho }) => rho)];
  // Bonferroni: all intervals hold together with a probability of 95 %.
  const level = 1 - 0.05 / groups.length;
  return groups.map(([rho, runs]) => ({
    rho,
    runs,
    correlation: studentInterval(
      runs.map(({ correlation }) => correlation),
      level,
    ),
    lag: studentInterval(runs.map(({ lag }) => lag)),
  }));
}

/** False only where √v is shown not to go with the gradient: an interval on both sides of zero shows nothing. */
export function verdictOf(all: readonly Pick<Following, "correlation">[]): Finding["verdict"] {
  const follows = all.filter(({ correlation }) => correlation.low > 0);
  if (follows.length > 0) return follows.length === all.length ? "true" : "depends";
  return all.every(({ correlation }) => correlation.high < 0) ? "false" : "not distinguishable";
}

function finding(all: readonly Following[]): Finding {
  const follows = all.filter(({ correlation }) => correlation.low > 0);
  const seeds = all[0].runs.length;
  const factor = exp(mean(all.flatMap(({ runs }) => runs.map(({ moves }) => moves))));
  const others = all.filter((one) => !follows.includes(one));
  return {
    verdict: verdictOf(all),
    decides: `correlation of √v with the gradient's size: ${all.map(({ rho, correlation }) => `${intervalText(correlation)} at ρ = ${rho}`).join(", ")}`,
    because: `A2C on CartPole without clipping, one η for all ρ, the force flips half way; n = ${seeds} seeds, Student's 95 % intervals, those of the ${all.length} correlations simultaneous by Bonferroni. The policy's gradients do move: their local size (root mean square of the norm over ${2 * reach + 1} updates) by a factor of ${number(factor, 3)} up and down, one standard deviation of its logarithm. ln √v of the policy's middle parameter correlates with it at the same update by ${all.map(({ rho, correlation }) => `${intervalText(correlation)} at ρ = ${rho}`).join(", ")}. It is late by ${all.map(({ rho, lag }) => `${intervalText(lag)} updates at ρ = ${rho}, a memory of ${number(memoryOf(rho))}`).join("; ")}. ${told(follows, others)} A run has ${all[0].runs[0].gradient.length} updates after the first ${skipped}, so a delay beyond a third of them cannot be seen.`,
    figure: {
      title: `CartPole's policy gradients move ${number(factor, 2)}-fold. ${told(follows, others)}`,
      caption: `Local size of the policy's gradient and √v of its middle parameter, shifted by one factor; the first seed of each ρ, the force flips half way. Last panel: how late √v is against its memory, all seeds, bars their 95 % intervals; on the diagonal it is late by one memory.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 430,
      panels: [...all.map(course), lags(all)],
    },
    content: [
      {
        header: ["ρ", "seeds", "gradient moves (e-folds)", "correlation with √v", "late by (updates)"],
        rows: all.map(({ rho, runs, correlation, lag }) => [
          number(rho),
          seedsText(runs.length),
          intervalText(studentInterval(runs.map(({ moves }) => moves))),
          intervalText(correlation),
          intervalText(lag),
        ]),
      },
    ],
  };
}

function told(follows: readonly Following[], others: readonly Following[]): string {
  const memories = (some: readonly Following[]) => listText(some.map(({ rho }) => number(memoryOf(rho))));
  if (follows.length === 0) return "√v is not shown to track with any memory tried.";
  const rest = others.length === 0 ? "" : `, and is not shown to with ${memories(others)}`;
  return `√v tracks with a memory of ${memories(follows)} updates${rest}.`;
}

function course({ rho, runs: [first], correlation }: Following): Panel {
  const at = (values: readonly number[]) => values.map((value, i) => ({ x: skipped + reach + i, y: exp(value) }));
  return {
    title: `ρ = ${rho}: correlation ${number(correlation.estimate, 2)} over all seeds`,
    x: { title: "update" },
    y: { title: "size of the gradient", scale: "logarithmic" },
    series: [
      line("√v, scaled", at(first.root), seriesColours[1], { width: 3, dash: [9, 4] }),
      line("gradient, local root mean square", at(first.gradient), colours.grey, { width: 1 }),
    ],
  };
}

function lags(all: readonly Following[]): Panel {
  const most = Math.max(...all.map(({ rho }) => memoryOf(rho)));
  const least = 0.5;
  return {
    title: "How late √v is",
    x: { title: "memory 1/(1 − ρ) (updates)", scale: "logarithmic", min: 5, max: 2 * most },
    y: { title: "delay of the best correlation (updates)", scale: "logarithmic", min: least },
    series: [
      diagonal("one memory", 5, 2 * most, colours.grey),
      ...intervals(
        all.map(({ rho, lag }) => ({ x: memoryOf(rho), low: Math.max(least, lag.low), high: lag.high })),
        seriesColours[0],
      ),
      marks(
        "mean over the seeds",
        all.map(({ rho, lag }) => ({ x: memoryOf(rho), y: lag.estimate })),
        seriesColours[0],
        { radius: 7 },
      ),
      marks(
        "a seed (at least 1)",
        all.flatMap(({ rho, runs }) => runs.map(({ lag }) => ({ x: memoryOf(rho), y: Math.max(1, lag) }))),
        seriesColours[1],
        { radius: 3, shape: "triangle" },
      ),
    ],
  };
}
