import { z } from "zod";
import { rlTables } from "../../../agents/tables.js";
import { mean, studentInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { colours, seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { line } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { number, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { differences, family, type Told, toldSign } from "../family.js";
import { categories, dashes, estimates, shapes } from "../styles.js";

const needs = z.object({
  steps: z.number(),
  env: z.object({
    drift: z
      .array(
        z.object({
          schedule: z.union([
            z.object({ name: z.literal("at"), steps: z.array(z.number()).min(1) }),
            z.object({ name: z.literal("windows"), windows: z.array(z.tuple([z.number(), z.number()])).min(1) }),
          ]),
        }),
      )
      .min(1),
  }),
  optimizer: z.object({ rho: z.number(), lr: z.number() }),
});
type Config = z.output<typeof needs>;

/** CartPole's force is turned round at once or little by little: which memory keeps more of the return? */
export const changePace = defineClaim({
  name: "change-pace",
  words: "A large ρ suits slow change, a small ρ abrupt change.",
  source: "second chapter, choosing ρ for moving objectives",
  needs,
  find: async ({ runs }) => finding(paces(await Promise.all(runs.map(score)))),
});

/** Windows of equal length after the beginning of the change whose mean episode lengths are averaged. */
const windows = 10;

/** What one run scored from the beginning of the change on. */
export interface Score {
  readonly pace: "abrupt" | "slow";
  readonly rho: number;
  readonly lr: number;
  readonly seed: number;
  readonly score: number;
}

function beginning({ env: { drift } }: Config): number {
  return Math.min(
    ...drift.map(({ schedule }) => (schedule.name === "at" ? schedule.steps[0] : schedule.windows[0][0] - 1)),
  );
}

/** The mean over equal windows of the mean length of the episodes that end in each; 0 where none does. */
export async function score(run: CheckedRun<Config>): Promise<Score> {
  const { step, length } = await tableOf(run, rlTables.episodes);
  const { steps, optimizer, env } = run.config;
  const from = beginning(run.config);
  const width = (steps - from) / windows;
  const [sums, counts] = [new Float64Array(windows), new Float64Array(windows)];
  for (let i = 0; i < step.length; i++) {
    if (step[i] <= from) continue;
    const window = Math.min(windows - 1, Math.floor((step[i] - from - 1) / width));
    sums[window] += length[i];
    counts[window]++;
  }
  return {
    pace: env.drift[0].schedule.name === "at" ? "abrupt" : "slow",
    rho: optimizer.rho,
    lr: optimizer.lr,
    seed: run.seed,
    score: mean(sums.map((sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]))),
  };
}

/** Scores of one ρ under one pace, by seed. */
export interface Cell {
  readonly pace: Score["pace"];
  readonly rho: number;
  readonly lr: number;
  readonly scores: readonly number[];
}

/** The cells, and the tests of the longest memory against the shortest: each pace, and slow minus abrupt. */
export interface Paces {
  readonly cells: readonly Cell[];
  readonly short: number;
  readonly long: number;
  readonly abrupt: Told;
  readonly slow: Told;
  readonly interaction: Told;
}

export function paces(all: readonly Score[]): Paces {
  const cells = [...groupBy(all, ({ pace, rho }) => `${pace} ${rho}`).values()].map((group) => {
    const bySeed = group.slice().sort((a, b) => a.seed - b.seed);
    return { ...group[0], scores: bySeed.map((one) => one.score) };
  });
  const rhos = cells.map(({ rho }) => rho);
  const [short, long] = [Math.min(...rhos), Math.max(...rhos)];
  const of = (pace: Score["pace"], rho: number) =>
    cells.find((cell) => cell.pace === pace && cell.rho === rho)?.scores ?? [];
  const gain = (pace: Score["pace"]) => differences(of(pace, long), of(pace, short));
  const [abrupt, slow, interaction] = family([gain("abrupt"), gain("slow"), differences(gain("slow"), gain("abrupt"))]);
  return { cells, short, long, abrupt, slow, interaction };
}

function verdictOf({ abrupt, slow, interaction }: Paces): Finding["verdict"] {
  const [onAbrupt, onSlow, between] = [abrupt, slow, interaction].map(toldSign);
  if (onAbrupt < 0 && onSlow > 0) return "true";
  if (between > 0) return "depends";
  // The claim needs the long memory to be better on slow change and worse on abrupt change: either told otherwise refutes it.
  return between < 0 || onAbrupt > 0 || onSlow < 0 ? "false" : "not distinguishable";
}

function finding(found: Paces): Finding {
  const { cells, short, long, abrupt, slow, interaction } = found;
  const seeds = cells[0].scores.length;
  const tests = { abrupt, slow, "slow − abrupt": interaction };
  const text = ([name, { difference, p, detectable }]: [string, Told]) =>
    `${name}: ${intervalText(difference, 3)} (p = ${number(p, 2)}, detectable ${number(detectable, 2)})`;
  const rates = [...new Set(cells.map(({ rho, lr }) => `${number(lr)} at ρ = ${rho}`))].join(", ");
  return {
    verdict: verdictOf(found),
    decides: `ρ = ${long} against ${short}: ${intervalText(abrupt.difference, 2)} steps an episode after abrupt, ${intervalText(slow.difference, 2)} under slow change`,
    because: `A2C on CartPole without clipping, the force turned round at once or along a line over half of the run; η tuned for each ρ on other seeds without a change (${rates}); n = ${seeds} seeds, paired, 95 % intervals, Holm's p over the three, and what a single test tells at 80 % power. Score, the mean episode length from the change's beginning on, at ρ = ${long} minus at ρ = ${short}: ${Object.entries(tests).map(text).join("; ")}. The claim needs a loss after abrupt and a gain under slow change. One environment and one kind of change; the adaptation study has others, and what clipping does to the sign.`,
    figure: {
      title: titleOf(found),
      caption: `Left: mean episode length from the beginning of the change on, means over ${seedsText(seeds)} with Student's 95 % intervals. Right: ρ = ${long} minus ρ = ${short}, paired by seed, and the difference of these differences; the claim has the first below zero and the others above.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 540,
      panels: [
        {
          title: "Score by memory",
          x: { title: "memory 1/(1 − ρ) (updates)", scale: "logarithmic", min: 5, max: 2 / (1 - long) },
          y: { title: "mean episode length (steps)", min: 0 },
          series: [...groupBy(cells, ({ pace }) => pace)].flatMap(([pace, group], i) => {
            const bars = group.map(({ rho, scores }) => ({
              x: (1 + 0.05 * i) / (1 - rho),
              ...studentInterval(scores),
            }));
            const points = bars.map(({ x, estimate }) => ({ x, y: estimate }));
            return [
              line("", points, seriesColours[i], { dash: dashes[i] }),
              ...estimates(
                `${pace} change`,
                bars.map((bar) => ({ ...bar, low: Math.max(0, bar.low) })),
                seriesColours[i],
                { shape: shapes[i], radius: 6 },
              ),
            ];
          }),
        },
        {
          title: `ρ = ${long} minus ρ = ${short}`,
          x: categories("change", Object.keys(tests)),
          y: { title: "difference in mean episode length (steps)" },
          series: [
            line(
              "",
              [
                { x: -1, y: 0 },
                { x: 3, y: 0 },
              ],
              colours.grey,
              { width: 1 },
            ),
            ...estimates(
              "mean and 95 % interval",
              Object.values(tests).map(({ difference }, x) => ({ x, ...difference })),
              seriesColours[0],
              { radius: 7 },
            ),
          ],
        },
      ],
    },
    content: [
      {
        header: ["change", "ρ", "tuned η", "score [95 %]", "seeds below 20"],
        rows: cells.map(({ pace, rho, lr, scores }) => [
          pace,
          number(rho),
          number(lr),
          intervalText(studentInterval(scores), 3),
          `${scores.filter((value) => value < 20).length} of ${scores.length}`,
        ]),
      },
    ],
  };
}

function titleOf({ abrupt, slow, interaction, short, long }: Paces): string {
  const outcome = (test: Told) => ["a loss", "no difference told", "a gain"][1 + toldSign(test)];
  const between = number(interaction.difference.estimate, 2);
  return `CartPole, ρ = ${long} against ${short}: ${outcome(abrupt)} after abrupt, ${outcome(slow)} under slow change${toldSign(interaction) === 0 ? "" : `; slow minus abrupt ${between} steps`}`;
}
