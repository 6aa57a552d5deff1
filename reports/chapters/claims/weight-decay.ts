import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log1p } from "../../../src/math/elementary/logarithm.js";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { colours, seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

const needs = z.object({
  steps: z.number(),
  problem: z.object({ deviations: z.array(z.number()), copies: z.number() }),
  optimizer: z.object({ lr: z.number(), weightDecay: z.number(), decoupled: z.boolean() }),
});
type Config = z.output<typeof needs>;

/** What decay leaves of parameters under gradients of pure noise, by the noise's scale. */
export const weightDecay = defineClaim({
  name: "weight-decay",
  words: "L2 regularisation is distorted by the denominator; decoupled weight decay shrinks all parameters alike.",
  source: "second chapter, regularisation",
  needs,
  find: async ({ runs }) => finding(await remainders(runs), runs[0].config),
});

/** The share of its start that a parameter keeps, mean over the copies, with its standard error. */
export interface Remainder {
  readonly label: string;
  readonly decoupled: boolean;
  readonly deviation: number;
  readonly kept: number;
  readonly error: number;
}

export async function remainders(runs: readonly CheckedRun<Config>[]): Promise<Remainder[]> {
  const all = await Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer, steps } = run.config;
      const columns = problem.deviations.flatMap((_, k) => [`position${k}`, `spread${k}`]);
      const table = await tableOf(run, problemTables.metrics, ...columns);
      return problem.deviations.map((deviation, k) => {
        const [kept, spread] = [`position${k}`, `spread${k}`].map((name) => table[name][table[name].length - 1]);
        // Steps are independent: the path's deviation is √steps times a step's.
        const error = (spread * Math.sqrt(steps)) / Math.sqrt(problem.copies);
        return { label: run.condition.optimizer, decoupled: optimizer.decoupled, deviation, kept, error };
      });
    }),
  );
  return all.flat();
}

/** Decoupled (1 − ηλ)ᵀ; coupled about exp(−ηλT/σ), where the decay is small beside the noise. */
export function keptLaw(
  { steps, optimizer: { lr, weightDecay: decay } }: Config,
  decoupled: boolean,
  deviation: number,
): number {
  return decoupled ? exp(steps * log1p(-lr * decay)) : exp((-lr * decay * steps) / deviation);
}

function finding(all: readonly Remainder[], config: Config): Finding {
  const rms = (decoupled: boolean) =>
    all.filter((one) => one.label.startsWith("RMSprop") && one.decoupled === decoupled);
  const [coupled, decoupled] = [rms(false), rms(true)];
  const law = keptLaw(config, true, 1);
  const worst = Math.max(...decoupled.map(({ kept, error }) => Math.abs(kept - law) / error));
  const extent = (some: readonly Remainder[]) =>
    some.map(({ kept, deviation }) => `${number(kept, 3)} at σ = ${deviation}`).join(", ");
  const range = (some: readonly Remainder[]) =>
    Math.max(...some.map(({ kept }) => kept)) - Math.min(...some.map(({ kept }) => kept));
  const distorted = range(coupled) > 10 * Math.max(...coupled.map(({ error }) => error));
  return {
    verdict: distorted && worst < 4 ? "true" : distorted ? "depends" : "false",
    decides: `kept under L2 ${coupled.map(({ kept }) => number(kept, 3)).join(" / ")}; decoupled ${decoupled.map(({ kept }) => number(kept, 3)).join(" / ")}`,
    because: `Gradients of pure noise σ, η = ${config.optimizer.lr}, λ = ${config.optimizer.weightDecay}, ${number(config.steps)} steps, ${config.problem.copies} parameters of each σ. Under L2 a parameter keeps ${extent(coupled)} of its start: what is decayed least is what has the largest gradients. Decoupled it keeps ${extent(decoupled)}, within ${number(worst, 2)} standard errors of (1 − ηλ)ᵀ = ${number(law, 4)} for all. The law exp(−ηλT/σ) is that of decay small beside the noise.`,
    figure: {
      title: `Under L2 RMSprop leaves ${number(coupled[0].kept, 2)} to ${number(coupled[coupled.length - 1].kept, 2)} of a parameter, by its gradient's scale; decoupled decay leaves ${number(law, 2)} of all`,
      caption:
        "Mean over the parameters of each noise scale; bars are two standard errors. Lines: exp(−ηλT/σ) for L2, (1 − ηλ)ᵀ decoupled.",
      columns: 1,
      panelWidth: 1100,
      panelHeight: 600,
      panels: [
        {
          title: "What decay leaves",
          x: { title: "scale σ of the gradient's noise", scale: "logarithmic" },
          y: { title: "share of the start that is kept", min: -0.05, max: 1.1 },
          series: [
            line(
              "exp(−ηλT/σ)",
              curve(0.01, 10, (deviation) => keptLaw(config, false, deviation), "logarithmic"),
              seriesColours[6],
              { dash: dashes[2] },
            ),
            line(
              "(1 − ηλ)ᵀ",
              curve(0.01, 10, () => law, "logarithmic"),
              colours.grey,
              { dash: dashes[1] },
            ),
            ...[...groupBy(all, ({ label }) => label)].flatMap(([label, group], i) => [
              ...group.map(({ deviation, kept, error }) =>
                line(
                  "",
                  [
                    { x: deviation, y: kept - 2 * error },
                    { x: deviation, y: kept + 2 * error },
                  ],
                  seriesColours[i],
                ),
              ),
              marks(
                label,
                group.map(({ deviation, kept }) => ({ x: deviation, y: kept })),
                seriesColours[i],
                { shape: shapes[i % shapes.length], radius: 6 },
              ),
            ]),
          ],
        },
      ],
    },
    content: [
      {
        header: ["optimizer", "σ", "kept", "standard error", "law"],
        rows: all.map(({ label, decoupled: alike, deviation, kept, error }) => [
          label,
          number(deviation),
          number(kept, 4),
          number(error, 2),
          label === "SGD, L2" ? number(law, 4) : number(keptLaw(config, alike, deviation), 4),
        ]),
      },
    ],
  };
}
