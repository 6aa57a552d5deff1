import type { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { mean, studentInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { memory as memoryOf } from "../../../src/theory/rmsprop-response.js";
import { seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { intervals, line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy, hasDiverged } from "../../parts/select.js";
import { number, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { differences, family, type Told, toldSign } from "../family.js";
import { dashes, shapes } from "../styles.js";
import { chooseAndJudge, tuned } from "../tuned.js";
import { needs, strays } from "./tracking.js";

type Run = CheckedRun<z.output<typeof needs>>;

/** Targets that walk, seen through noise that switches: does the memory that tracks best also learn best? */
export const curriculum = defineClaim({
  name: "curriculum",
  words: "Where a curriculum moves the gradients' statistics, the memory that tracks them is the one to learn with.",
  source: "second chapter, curriculum learning",
  needs,
  find: async ({ runs }) => finding(lessons(await learnt(runs))),
});

/** What one run tracked and learnt. */
export interface Learnt {
  readonly period: number;
  readonly rho: number;
  readonly lr: number;
  readonly seed: number;
  /** root mean square of ln v/s², and of v − s² over the mean of s², over the last whole periods */
  readonly ratio: number;
  readonly square: number;
  /** mean of the loss over the last half */
  readonly loss: number;
}

export async function learnt(runs: readonly Run[]): Promise<Learnt[]> {
  const errors = await strays(runs);
  return Promise.all(
    runs.map(async (run, i) => {
      const { loss } = await tableOf(run, problemTables.metrics, "loss");
      const { squares, rho, error, logError } = errors[i];
      const late = mean(loss.subarray(Math.floor(loss.length / 2)));
      return {
        period: squares.period,
        rho,
        lr: run.config.optimizer.lr,
        seed: run.seed,
        ratio: logError,
        square: error,
        loss: hasDiverged(run) ? Number.POSITIVE_INFINITY : late,
      };
    }),
  );
}

/** By what v is judged to track: by its ratio to E g², on which a step depends, or by its squared distance from it. */
const criteria = ["ratio", "square"] as const;
type Criterion = (typeof criteria)[number];

/** One memory at one period, its learning rate chosen on the tuning seed, over the other seeds. */
export interface Memory {
  readonly rho: number;
  readonly lr: number;
  readonly atEdge: boolean;
  readonly tuningLoss: number;
  readonly tuningErrors: Readonly<Record<Criterion, number>>;
  readonly losses: readonly number[];
  readonly ratios: readonly number[];
}

/** A period: all memories, the one that learns best, and those that track best. */
export interface Lesson {
  readonly period: number;
  readonly memories: readonly Memory[];
  readonly learns: Memory;
  readonly tracks: Readonly<Record<Criterion, Memory>>;
  /** loss of the best tracker minus that of the best learner, over the latter's mean loss */
  readonly tests: Readonly<Record<Criterion, Told>>;
}

const least = (all: readonly Memory[], of: (one: Memory) => number) => all.reduce((a, b) => (of(b) < of(a) ? b : a));

export function lessons(all: readonly Learnt[]): Lesson[] {
  const periods = [...groupBy(all, ({ period }) => period)].map(([period, group]) => {
    const memories = [...groupBy(group, ({ rho }) => rho)].map(([rho, some]): Memory => {
      const { choosing, judging } = chooseAndJudge(some);
      const { best, atEdge } = tuned(choosing.map((one) => ({ ...one, score: one.loss })));
      const judged = judging.filter(({ lr }) => lr === best.lr);
      return {
        rho,
        lr: best.lr,
        atEdge,
        tuningLoss: best.loss,
        tuningErrors: { ratio: best.ratio, square: best.square },
        losses: judged.map(({ loss }) => loss),
        ratios: judged.map(({ ratio }) => ratio),
      };
    });
    const learns = least(memories, ({ tuningLoss }) => tuningLoss);
    const [ratio, square] = criteria.map((criterion) => least(memories, (one) => one.tuningErrors[criterion]));
    return { period, memories, learns, tracks: { ratio, square } };
  });
  const relative = ({ losses }: Memory, { losses: others }: Memory) => losses.map((loss) => loss / mean(others));
  const pairs = periods.flatMap(({ learns, tracks }) =>
    criteria.map((criterion) => differences(relative(tracks[criterion], learns), relative(learns, learns))),
  );
  const tests = family(pairs);
  return periods.map((one, i) => ({ ...one, tests: { ratio: tests[2 * i], square: tests[2 * i + 1] } }));
}

/** The largest loss, as a share, that is taken to be none. */
const negligible = 0.1;

function finding(all: readonly Lesson[]): Finding {
  const tests = all.flatMap(({ tests: { ratio, square } }) => [ratio, square]);
  const worse = tests.filter((test) => toldSign(test) > 0);
  const same = tests.every(({ difference }) => difference.high < negligible);
  const seeds = all[0].learns.losses.length;
  const steps = ({ rho }: Memory) => number(memoryOf(rho), 3);
  const told = (criterion: Criterion) =>
    all
      .map(
        ({ period, tracks, learns, tests }) =>
          `${intervalText(tests[criterion].difference, 2, 100)} at a period of ${period} (memory ${steps(tracks[criterion])} against ${steps(learns)}, p = ${number(tests[criterion].p, 2)}, detectable ${number(100 * tests[criterion].detectable, 2)})`,
      )
      .join("; ");
  const edges = all.flatMap(({ memories }) => memories).filter(({ atEdge }) => atEdge).length;
  const most = (criterion: Criterion) =>
    Math.max(...all.map(({ tests }) => 100 * tests[criterion].difference.estimate));
  const memoriesOf = (of: (one: Lesson) => Memory) => all.map((one) => steps(of(one))).join(" / ");
  // Where one criterion's tracker is told to lose at some period and the other's nowhere.
  const losing = criteria.filter((criterion) => all.some(({ tests: of }) => toldSign(of[criterion]) > 0));
  return {
    verdict:
      worse.length === tests.length ? "false" : worse.length > 0 ? "depends" : same ? "true" : "not distinguishable",
    decides: `the best tracker loses up to ${number(most("ratio"), 2)} % where v's ratio to E g² is judged, up to ${number(most("square"), 2)} % where its distance is`,
    because: `Targets in random walks behind noise that switches tenfold; η tuned for each ρ and period, and all memories chosen, on a seed of their own; n = ${seeds} other seeds, paired, 95 % intervals, Holm's p over ${tests.length} comparisons, the smallest excess that a single test tells at 80 % power. ${losing.length === 1 ? "It depends on what tracking means. " : ""}Excess of the best tracker's loss over the best learner's, in %, v judged by its ratio to E g², on which the step depends: ${told("ratio")}. Judged by its squared distance from E g²: ${told("square")}. At periods of ${all.map(({ period }) => period).join(" / ")} the best memory to learn is ${memoriesOf(({ learns }) => learns)} steps, to track ${memoriesOf(({ tracks }) => tracks.ratio)} by the ratio and ${memoriesOf(({ tracks }) => tracks.square)} by the distance. ${edges === 0 ? "No tuned η stands at an end of those tried." : `${edges} of ${all.length * all[0].memories.length} tuned η stand at an end of those tried.`}`,
    figure: {
      title: `The memory that tracks E g² best by its ratio loses up to ${number(most("ratio"), 2)} % against the one that learns best, by its distance up to ${number(most("square"), 2)} %`,
      caption: `Left: loss over the memory, η tuned for each; ringed: the memory whose v has the best ratio to E g². Middle: that ratio in the same runs. Means over ${seedsText(seeds)} with 95 % intervals; memories share their seeds, so that differences are surer than the bars. Right: the best memories by period, as chosen on the seed of tuning; where they lie apart the loss between them is in the text.`,
      columns: 3,
      panelWidth: 620,
      panelHeight: 580,
      panels: [
        overMemory(all, "Loss", "mean loss", "losses", true),
        overMemory(all, "How far v is from E g² by ratio", "root mean square of ln(v/E g²)", "ratios", false),
        optima(all),
      ],
    },
    content: [
      {
        header: ["period", "ρ", "tuned η", "loss [95 %]", "ln(v/E g²), root mean square [95 %]"],
        rows: all.flatMap(({ period, memories }) =>
          memories.map(({ rho, lr, losses, ratios }) => [
            String(period),
            number(rho),
            number(lr),
            intervalText(studentInterval(losses), 3),
            intervalText(studentInterval(ratios), 3),
          ]),
        ),
      },
    ],
  };
}

function overMemory(
  all: readonly Lesson[],
  title: string,
  y: string,
  which: "losses" | "ratios",
  ringed: boolean,
): Panel {
  const at = (one: Memory) => ({ x: memoryOf(one.rho), y: mean(one[which]) });
  return {
    title,
    x: { title: "memory 1/(1 − ρ) (steps)", scale: "logarithmic", min: 0.8 },
    y: { title: y, scale: "logarithmic" },
    series: all.flatMap(({ period, memories, tracks }, i) => [
      line(`period ${period}`, memories.map(at), seriesColours[i], { dash: dashes[i] }),
      marks("", memories.map(at), seriesColours[i], { shape: shapes[i % shapes.length] }),
      ...intervals(
        memories.map((one) => ({ x: memoryOf(one.rho), ...studentInterval(one[which]) })).filter(({ low }) => low > 0),
        seriesColours[i],
      ),
      ...(ringed ? [marks("", [at(tracks.ratio)], seriesColours[6], { shape: "ring", radius: 11 })] : []),
    ]),
  };
}

function optima(all: readonly Lesson[]): Panel {
  const best: readonly (readonly [string, (one: Lesson) => Memory])[] = [
    ["learns best", ({ learns }) => learns],
    ["tracks best by ratio", ({ tracks }) => tracks.ratio],
    ["tracks best by distance", ({ tracks }) => tracks.square],
  ];
  return {
    title: "The best memory to learn and to track",
    x: { title: "period of the noise (steps)", scale: "logarithmic" },
    y: { title: "memory 1/(1 − ρ) (steps)", scale: "logarithmic", min: 0.8 },
    series: best.flatMap(([label, of], i) => {
      const points = all.map((one) => ({ x: one.period, y: memoryOf(of(one).rho) }));
      return [
        line(label, points, seriesColours[i], { dash: dashes[i] }),
        marks("", points, seriesColours[i], { shape: shapes[i], radius: 7 }),
      ];
    }),
  };
}
