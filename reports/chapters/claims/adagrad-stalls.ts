import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { adagradStepAfter, rmspropStepAfter } from "../../../src/theory/square-average.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes } from "../styles.js";

const needs = z.object({
  problem: z.object({ scales: z.tuple([z.number(), z.number()]), at: z.tuple([z.int()]) }),
  optimizer: z.object({ name: z.enum(["adagrad", "rmsprop"]), rho: z.number().optional() }),
});
type Config = z.output<typeof needs>;

/** How many steps after the fall the claim looks. */
const lookAfter = 100;

/** A gradient that falls from 100 to 1: AdaGrad's step against RMSprop's, over all ρ. */
export const adagradStalls = defineClaim({
  name: "adagrad-stalls",
  words: "After 100 gradients of size 100, gradients of 1 leave AdaGrad nearly standing; RMSprop recovers.",
  source: "first chapter, from AdaGrad to RMSprop",
  needs,
  find: async ({ runs }) => finding(await steps(runs), runs[0].config),
});

/** One optimizer's normalised steps after the fall, measured and in closed form. */
export interface Steps {
  readonly label: string;
  /** null for AdaGrad */
  readonly rho: number | null;
  /** of the s-th step after the fall, s = 1, 2 … */
  readonly after: readonly number[];
  /** the same in closed form */
  readonly law: (since: number) => number;
}

export async function steps(runs: readonly CheckedRun<Config>[]): Promise<Steps[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const { normalisedStep } = await tableOf(run, problemTables.metrics);
      const [fall] = problem.at;
      const [high, low] = problem.scales;
      const rho = optimizer.rho ?? null;
      return {
        label: rho === null ? "AdaGrad" : `RMSprop, ρ = ${rho}`,
        rho,
        after: Array.from(normalisedStep.subarray(fall)),
        law(since) {
          const phases = [
            { gradient: high, steps: fall },
            { gradient: low, steps: since },
          ];
          return rho === null ? adagradStepAfter(phases) : rmspropStepAfter(rho, phases);
        },
      };
    }),
  );
}

/** The ρ up to which RMSprop's step is half its full size so many steps after the fall, by bisection of the law. */
export function recoveringUpTo({ problem }: Config, since = lookAfter): number {
  const [gradient, low] = problem.scales;
  const phases = [
    { gradient, steps: problem.at[0] },
    { gradient: low, steps: since },
  ];
  let [below, above] = [0.5, 0.9999];
  // Beyond some ρ v has not learnt of the high gradients either; the first boundary is the one that counts.
  for (let i = 0; i < 60; i++) {
    const middle = (below + above) / 2;
    if (rmspropStepAfter(middle, phases) >= 0.5) below = middle;
    else above = middle;
  }
  return below;
}

function finding(all: readonly Steps[], config: Config): Finding {
  const [adagrad] = all.filter(({ rho }) => rho === null);
  const rmsprops = all.filter(({ rho }) => rho !== null);
  const at = ({ after }: Steps) => after[lookAfter - 1];
  const recovered = rmsprops.filter((one) => at(one) >= 0.5);
  const last = Math.min(...all.map(({ after }) => after.length));
  const late = rmsprops.filter(({ after }) => after[last - 1] >= 0.5);
  const error = Math.max(...all.flatMap(({ after, law }) => after.map((one, s) => Math.abs(one / law(s + 1) - 1))));
  const bound = recoveringUpTo(config);
  const stalls = adagrad.after[last - 1] < 0.01;
  const values = rmsprops.map((one) => `${number(at(one), 3)} at ρ = ${one.rho}`);
  return {
    verdict: !stalls
      ? "false"
      : recovered.length === rmsprops.length
        ? "true"
        : recovered.length > 0
          ? "depends"
          : "false",
    decides: `${lookAfter} steps on: AdaGrad ${number(at(adagrad), 2)} η; RMSprop at half size up to ρ = ${number(bound, 3)}`,
    because: `${lookAfter} steps after the fall AdaGrad's step is ${number(at(adagrad), 3)} η, and ${number(adagrad.after[last - 1], 3)} η after ${last}; RMSprop's is ${listText(values)}. It is back at half its size within ${lookAfter} steps only up to ρ = ${number(bound, 3)}, and within ${last} steps at ${late.length} of ${rmsprops.length} values of ρ. Closed forms are met within ${number(error, 1)}.`,
    figure: {
      title: `After a fall from 100 to 1 AdaGrad stays at ${number(at(adagrad), 1)} η; RMSprop returns within ${lookAfter} steps only up to ρ = ${number(bound, 3)}`,
      caption: `A constant gradient of ${config.problem.scales[0]} for ${config.problem.at[0]} steps, then ${config.problem.scales[1]}. Left: runs as marks, closed forms g/√v and g/√Σg² as lines. Right: the step ${lookAfter} steps after the fall over all memories; dotted: half size and the boundary.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [courses(all, last), overRho(all, config, bound)],
    },
    content: [
      {
        header: ["optimizer", `step ${lookAfter} after the fall (η)`, "closed form (η)", `step ${last} after (η)`],
        rows: all.map((one) => [
          one.label,
          number(at(one), 4),
          number(one.law(lookAfter), 4),
          number(one.after[last - 1], 4),
        ]),
      },
    ],
  };
}

function courses(all: readonly Steps[], last: number): Panel {
  const shown = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000].filter((since) => since <= last);
  return {
    title: "Only a memory that ends lets the step return",
    x: { title: "steps since the fall", scale: "logarithmic", min: 1, max: last },
    y: { title: "step (units of η)", scale: "logarithmic", min: 5e-4, max: 2 },
    series: all.flatMap(({ label, law, after }, i) => [
      line(label, curve(1, last, law, "logarithmic"), seriesColours[i], { dash: dashes[i] }),
      marks(
        "",
        shown.map((since) => ({ x: since, y: after[since - 1] })),
        seriesColours[i],
      ),
    ]),
  };
}

function overRho(all: readonly Steps[], { problem }: Config, bound: number): Panel {
  const law = (memory: number) =>
    rmspropStepAfter(1 - 1 / memory, [
      { gradient: problem.scales[0], steps: problem.at[0] },
      { gradient: problem.scales[1], steps: lookAfter },
    ]);
  const measured = all.flatMap(({ rho, after }) =>
    rho === null ? [] : [{ x: 1 / (1 - rho), y: after[lookAfter - 1] }],
  );
  const [adagrad] = all.filter(({ rho }) => rho === null).map(({ after }) => after[lookAfter - 1]);
  const edge = 1 / (1 - bound);
  return {
    title: `${lookAfter} steps after the fall`,
    x: { title: "memory 1/(1 − ρ) (steps)", scale: "logarithmic", min: 2, max: 2000 },
    y: { title: "step (units of η)", scale: "logarithmic", min: 5e-4, max: 2 },
    series: [
      line("closed form", curve(2, 2000, law, "logarithmic"), seriesColours[0]),
      marks("RMSprop", measured, seriesColours[0]),
      line(
        "AdaGrad",
        curve(2, 2000, () => adagrad),
        seriesColours[1],
        { dash: dashes[1] },
      ),
      line(
        "half size, up to here",
        [
          { x: 2, y: 0.5 },
          { x: edge, y: 0.5 },
          { x: edge, y: 5e-4 },
        ],
        seriesColours[6],
        { dash: dashes[2] },
      ),
    ],
  };
}
