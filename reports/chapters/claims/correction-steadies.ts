import { z } from "zod";
import { rlTables } from "../../../agents/tables.js";
import { mean } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { line, marks } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy, summaryNumber } from "../../parts/select.js";
import { number, rangeText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { pText, type Told, toldOf, toldSign } from "../family.js";
import { categories, estimates, shapes } from "../styles.js";

const needs = z.object({
  steps: z.number(),
  optimizer: z.object({ lr: z.number(), rho: z.number(), biasCorrection: z.boolean() }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** CartPole's first steps under RMSprop with and without bias correction. */
export const correctionSteadies = defineClaim({
  name: "correction-steadies",
  words: "Bias correction steadies early training.",
  source: "first chapter, initialisation and bias correction",
  needs,
  find: async ({ runs }) => finding(await pairs(runs)),
});

/** RMSprop with correction against RMSprop without it, at one ρ and η. */
export interface Pair extends Told {
  readonly rho: number;
  readonly lr: number;
  /** mean episode length over the whole early phase, without correction and with it */
  readonly plain: number;
  readonly corrected: number;
  /** norm of the first update, without correction over with it, mean over the seeds */
  readonly firstRatio: number;
}

/** Mean length of all episodes: the environment's steps by the episodes that ended. */
const score = (run: Run) => run.config.steps / Math.max(1, summaryNumber(run, "episodes"));

export async function pairs(runs: readonly Run[]): Promise<Pair[]> {
  const groups = [...groupBy(runs, ({ config: { optimizer } }) => `${optimizer.rho} ${optimizer.lr}`).values()];
  const found = await Promise.all(
    groups.map(async (group) => {
      const { rho, lr } = group[0].config.optimizer;
      const [plain, corrected] = [false, true].map((one) =>
        group.filter(({ config }) => config.optimizer.biasCorrection === one),
      );
      const baseline = new Map(plain.map((run) => [run.seed, score(run)]));
      const firsts = async (some: readonly Run[]) =>
        mean(
          await Promise.all(
            some.map(async (run) => (await tableOf(run, rlTables.metrics, "updateNorm")).updateNorm[0]),
          ),
        );
      return {
        rho,
        lr,
        plain: mean(plain.map(score)),
        corrected: mean(corrected.map(score)),
        firstRatio: (await firsts(plain)) / (await firsts(corrected)),
        differences: corrected.map((run) => score(run) - (baseline.get(run.seed) ?? Number.NaN)),
      };
    }),
  );
  return toldOf(found);
}

const helps = (pair: Pair) => toldSign(pair) === 1;
const hurts = (pair: Pair) => toldSign(pair) === -1;

function finding(all: readonly Pair[]): Finding {
  const [better, worse] = [all.filter(helps), all.filter(hurts)];
  const none = better.length + worse.length === 0;
  const verdict = none
    ? "not distinguishable"
    : better.length === all.length
      ? "true"
      : better.length > 0
        ? "depends"
        : "false";
  const text = ({ rho, lr, difference, p }: Pair) =>
    `${intervalText(difference, 3)} at ρ = ${rho}, η = ${lr} (${pText(p)})`;
  return {
    verdict,
    decides: `longer episodes in ${better.length} of ${all.length} settings, shorter in ${worse.length}`,
    because: `A2C on CartPole, no clipping, the early phase only, n = ${all[0].seeds} paired seeds, 95 % intervals, p adjusted by Holm over the ${all.length} settings, 5 % decides. What correction adds to the mean episode length: ${all.map(text).join("; ")}. The first update without it is ${all.map(({ firstRatio }) => number(firstRatio, 3)).join(", ")} times as long. The smallest difference that would have shown: ${rangeText(all.map(({ detectable }) => detectable))} steps.`,
    figure: {
      title: `CartPole's first steps: bias correction helps in ${better.length} and hurts in ${worse.length} of ${all.length} settings`,
      caption: `Mean episode length of the early phase, n = ${all[0].seeds} seeds. Left: with and without correction. Right: the paired difference with its 95 % interval; above zero correction helps.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 520,
      panels: [
        {
          title: "Mean episode length",
          x: settings(all),
          y: { title: "steps", min: 0 },
          series: (["plain", "corrected"] as const).map((which, i) =>
            marks(
              { plain: "uncorrected", corrected: "corrected" }[which],
              all.map((pair, x) => ({ x, y: pair[which] })),
              seriesColours[i],
              { shape: shapes[i], radius: 7 },
            ),
          ),
        },
        {
          title: "What correction adds",
          x: settings(all),
          y: { title: "difference (steps)" },
          series: [
            ...estimates(
              "paired difference, 95 % interval",
              all.map(({ difference }, x) => ({ x, ...difference })),
              seriesColours[0],
              { radius: 6 },
            ),
            line(
              "",
              [
                { x: -1, y: 0 },
                { x: all.length, y: 0 },
              ],
              seriesColours[6],
              { width: 1 },
            ),
          ],
        },
      ],
    },
    content: [
      {
        header: ["ρ", "η", "seeds", "uncorrected", "corrected", "difference", "p (Holm)", "first update, ratio"],
        rows: all.map((one) => [
          number(one.rho),
          number(one.lr),
          String(one.seeds),
          number(one.plain, 3),
          number(one.corrected, 3),
          intervalText(one.difference, 3),
          pText(one.p),
          number(one.firstRatio, 3),
        ]),
      },
    ],
  };
}

const settings = (all: readonly Pair[]) =>
  categories(
    "ρ, η",
    all.map(({ rho, lr }) => `${rho}, ${lr}`),
  );
