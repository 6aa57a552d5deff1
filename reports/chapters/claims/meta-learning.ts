import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { wilsonInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { memory as memoryOf } from "../../../src/theory/rmsprop-response.js";
import { seriesColours } from "../../parts/colours.js";
import { extent, line, marks, type Panel, type Point } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { listText, number, rangeText, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { dashes, shapes } from "../styles.js";

const needs = z.object({
  problem: z.object({
    rho: z.number(),
    eps: z.number(),
    lr: z.number(),
    biasCorrection: z.boolean(),
    speed: z.number(),
    smoothness: z.number(),
    length: z.number(),
    heldOut: z.number(),
  }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** RMSprop's ρ and ε descend the exact gradient of what RMSprop achieves, from many starts, under four objectives. */
export const metaLearning = defineClaim({
  name: "meta-learning",
  words: "ρ and ε can be meta-learned by gradient descent.",
  source: "second chapter, meta-learning the optimizer",
  needs,
  find: async ({ runs, seeds }) => finding(byObjective(await descents(runs)), seeds.length),
});

/** One descent of ρ and ε. */
export interface Descent {
  readonly objectiveName: string;
  readonly config: z.output<typeof needs>["problem"];
  readonly seed: number;
  /** ρ and ε over the rows */
  readonly path: readonly { readonly rho: number; readonly eps: number }[];
  /** objective on the tasks held out, where it starts and where it ends */
  readonly first: number;
  readonly last: number;
  /** mean ln L/L₀ there, at the start and at the end */
  readonly firstSpeed: number;
  readonly speed: number;
}

export async function descents(runs: readonly Run[]): Promise<Descent[]> {
  return Promise.all(
    runs.map(async (run) => {
      const table = await tableOf(run, problemTables.metrics, "rho", "eps", "objective", "speed");
      const end = table.objective.length - 1;
      return {
        objectiveName: run.condition["+objective"],
        config: run.config.problem,
        seed: run.seed,
        path: Array.from(table.rho, (rho, i) => ({ rho, eps: table.eps[i] })),
        first: table.objective[0],
        last: table.objective[end],
        firstSpeed: table.speed[0],
        speed: table.speed[end],
      };
    }),
  );
}

/** How far above the best start, as a share of the loss where speed counts once, still counts as reached. */
const tolerance = 0.05;

/** All descents of one objective. */
export interface Objective {
  readonly name: string;
  readonly descents: readonly Descent[];
  /** how many ended within the tolerance of the best start of their seed, or below */
  readonly reached: number;
  /** what its optimum is beside the point, in words; undefined where it is none of these */
  readonly degenerate: string | undefined;
}

export function byObjective(all: readonly Descent[]): Objective[] {
  return [...groupBy(all, ({ objectiveName }) => objectiveName)].map(([name, group]) => {
    const bestStart = new Map(
      [...groupBy(group, ({ seed }) => seed)].map(([seed, some]) => [
        seed,
        Math.min(...some.map(({ first }) => first)),
      ]),
    );
    const reached = group.filter(({ seed, last }) => last <= (bestStart.get(seed) ?? Number.NaN) + tolerance);
    return { name, descents: group, reached: reached.length, degenerate: degeneracy(reached) };
  });
}

const endOf = ({ path }: Descent) => path[path.length - 1];

function degeneracy(reached: readonly Descent[]): string | undefined {
  if (reached.length === 0) return undefined;
  const { biasCorrection, length } = reached[0].config;
  const fastest = Math.min(...reached.map(({ firstSpeed }) => firstSpeed));
  if (reached.every(({ speed }) => speed > fastest / 2)) {
    return `ε grows and the steps vanish: mean ln L/L₀ is ${rangeText(reached.map(({ speed }) => speed))} at the ends, ${number(fastest, 2)} at the best start`;
  }
  if (!biasCorrection && reached.every((one) => memoryOf(endOf(one).rho) > length)) {
    return "ρ stands in for η: v starts at 0 and its memory is longer than the run, so that the steps begin at η/√(1 − ρ) and fall like AdaGrad's";
  }
  return undefined;
}

/** Two objectives that differ in nothing but bias correction: what it does to the memory that is found. */
function correction(all: readonly Objective[]): string {
  const same = ({ config: a }: Descent, { config: b }: Descent) =>
    a.lr === b.lr && a.speed === b.speed && a.smoothness === b.smoothness;
  for (const plain of all.filter(({ descents: [{ config }] }) => !config.biasCorrection)) {
    const corrected = all.find(({ descents: [one] }) => one.config.biasCorrection && same(one, plain.descents[0]));
    if (corrected === undefined) continue;
    return ` Correcting the zero start, all else equal, moves the memory that is found from ${rangeText(memories(plain.descents))} to ${rangeText(memories(corrected.descents))} steps and the objective from ${rangeText(plain.descents.map(({ last }) => last))} to ${rangeText(corrected.descents.map(({ last }) => last))}${plain.degenerate === undefined ? "" : ": what was learned was the step's size"}.`;
  }
  return "";
}

const memories = (all: readonly Descent[]) => all.map((one) => memoryOf(endOf(one).rho));
const stabilisers = (all: readonly Descent[]) => all.map((one) => endOf(one).eps);

function finding(all: readonly Objective[], seeds: number): Finding {
  const [main] = all;
  const degenerate = all.filter((one) => one.degenerate !== undefined);
  const works = main.reached === main.descents.length && main.degenerate === undefined;
  const share = ({ reached, descents: { length } }: Objective) => {
    const { low, high } = wilsonInterval(reached, length);
    return `${reached} of ${length} (95 % interval of the share ${number(low, 2)} to ${number(high, 2)})`;
  };
  const ends = ({ descents: some }: Objective) =>
    `1/(1 − ρ) = ${rangeText(memories(some))}, ε = ${rangeText(stabilisers(some))}`;
  return {
    verdict: works ? (degenerate.length > 0 ? "depends" : "true") : main.reached > 0 ? "depends" : "false",
    decides: `${main.reached} of ${main.descents.length} descents come to the best of all starts; ${degenerate.length} of ${all.length} objectives have a degenerate optimum`,
    because: `Exact gradients through ${main.descents[0].config.length} steps of RMSprop on random noisy quadratics, fresh tasks for every gradient, judged on ${main.descents[0].config.heldOut} others; ${main.descents.length / seeds} starts, ${seedsText(seeds)}. Descents that end on held-out tasks no worse than the best of all starts (by more than ${tolerance}): ${all.map((one) => `${one.name} ${share(one)}, at ${ends(one)}`).join("; ")}. What is learned is only as good as its objective: ${degenerate.length === 0 ? "none here has a degenerate optimum" : degenerate.map((one) => `${one.name}: ${one.degenerate}`).join("; ")}.${correction(all)}`,
    figure: {
      title: `From ${main.reached} of ${main.descents.length} starts gradient descent finds the best ρ and ε; ${degenerate.length} of ${all.length} objectives lead it astray`,
      caption: `Paths of ρ and ε in meta-learning, one panel an objective, the first seed: marks where they start (open) and end (filled). Each starts on a grid; where all ends meet, the objective has one optimum.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 500,
      panels: all.map(paths),
    },
    content: [
      {
        header: [
          "objective",
          "reached",
          "1/(1 − ρ) at the end",
          "ε at the end",
          "objective at the best start",
          "at the ends",
          "mean ln L/L₀ at the ends",
        ],
        rows: all.map(({ name, reached, descents: some }) => [
          name,
          `${reached} of ${some.length}`,
          rangeText(memories(some), 3),
          rangeText(stabilisers(some), 3),
          number(Math.min(...some.map(({ first }) => first)), 3),
          rangeText(
            some.map(({ last }) => last),
            3,
          ),
          rangeText(
            some.map(({ speed }) => speed),
            3,
          ),
        ]),
      },
      `Degenerate optima: ${listText(degenerate.map((one) => `*${one.name}* (${one.degenerate})`))}.`,
    ],
  };
}

function paths({ name, descents: all, reached, degenerate }: Objective): Panel {
  const some = all.filter(({ seed }) => seed === all[0].seed);
  const at = ({ rho, eps }: { rho: number; eps: number }): Point => ({ x: memoryOf(rho), y: eps });
  const everywhere = some.flatMap(({ path }) => path.map(at));
  const [low, high] = extent(everywhere.map(({ x }) => x));
  return {
    title: `${name}: ${reached} of ${all.length} reach it${degenerate === undefined ? "" : "; degenerate"}`,
    x: { title: "memory 1/(1 − ρ) (steps)", scale: "logarithmic", min: low / 1.3, max: high * 1.3 },
    y: { title: "ε", scale: "logarithmic" },
    series: [
      marks(
        "start",
        some.map(({ path }) => at(path[0])),
        seriesColours[6],
        { shape: "ring", radius: 6 },
      ),
      marks(
        "end",
        some.map((one) => at(endOf(one))),
        seriesColours[1],
        { shape: shapes[1], radius: 7 },
      ),
      ...some.map(({ path }) => line("", path.map(at), seriesColours[0], { width: 1, dash: dashes[0] })),
    ],
  };
}
