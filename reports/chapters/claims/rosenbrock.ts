import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy, hasDiverged } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { dashes, shapes } from "../styles.js";
import { type Tuned, tuned } from "../tuned.js";

const needs = z.object({
  steps: z.number(),
  optimizer: z.object({ lr: z.number(), schedule: z.looseObject({}).nullable() }),
});

/** Rosenbrock's valley at constant and at annealed learning rates, each optimizer at its best. */
export const rosenbrockValley = defineClaim({
  name: "rosenbrock",
  words: "Scaling each parameter by its gradients speeds the way through a curved valley such as Rosenbrock's.",
  source: "first chapter, narrow valleys",
  needs,
  find: async ({ runs }) => finding(await bestLosses(runs)),
});

interface Scored {
  readonly lr: number;
  readonly score: number;
}

/** The loss that an optimizer has come to, by learning rate. */
export interface BestLoss extends Tuned<Scored> {
  readonly optimizer: string;
  readonly annealed: boolean;
  readonly steps: number;
  readonly sweep: readonly Scored[];
}

export async function bestLosses(runs: readonly CheckedRun<z.output<typeof needs>>[]): Promise<BestLoss[]> {
  const groups = groupBy(
    runs,
    ({ condition, config }) => `${condition.optimizer} ${condition["optimizer.schedule"]} ${config.steps}`,
  );
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const sweep = await Promise.all(
        group.map(async (run) => {
          const { loss } = await tableOf(run, problemTables.metrics, "loss");
          const last = loss[loss.length - 1];
          const failed = hasDiverged(run) || !Number.isFinite(last);
          return { lr: run.config.optimizer.lr, score: failed ? Number.POSITIVE_INFINITY : last };
        }),
      );
      const { condition, config } = group[0];
      const annealed = config.optimizer.schedule !== null;
      return { optimizer: condition.optimizer, annealed, steps: config.steps, sweep, ...tuned(sweep) };
    }),
  );
}

function finding(all: readonly BestLoss[]): Finding {
  const at = (optimizer: string, annealed: boolean) => {
    const found = all.find((one) => one.optimizer === optimizer && one.annealed === annealed);
    return found?.best.score ?? Number.NaN;
  };
  const wins = [false, true].map((annealed) => at("RMSprop", annealed) < at("SGD", annealed));
  const verdict = wins.every(Boolean) ? "true" : wins.some(Boolean) ? "depends" : "false";
  const text = (annealed: boolean) =>
    `SGD ${number(at("SGD", annealed), 2)}, RMSprop ${number(at("RMSprop", annealed), 2)}, Adam ${number(at("Adam", annealed), 2)}`;
  return {
    verdict,
    decides: `loss at the best η: constant ${text(false)}; annealed ${text(true)}`,
    because: `Loss after ${number(all[0].steps)} steps from (−1.2, 1), every optimizer at its best learning rate of a fine geometric grid (judged on the same runs: there is no noise). Constant η: ${text(false)}; η annealed to zero by half a cosine: ${text(true)}. At constant η RMSprop's normalised step goes on jumping across the valley; annealed, the jumps end.`,
    figure: {
      title: `Rosenbrock's valley after ${number(all[0].steps)} steps: RMSprop ${wins[0] ? "beats" : "loses to"} SGD at constant η and ${wins[1] ? "beats" : "loses to"} it when annealed`,
      caption:
        "The loss at the end over the learning rate; a ring of the curve's own shape marks the best. Left: constant η. Right: η falls to zero by half a cosine.",
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [panel(all, false, "Constant learning rate"), panel(all, true, "Annealed learning rate")],
    },
    content: [
      {
        header: ["optimizer", "η", "best loss", "best η"],
        rows: all.map(({ optimizer, annealed, best, atEdge }) => [
          optimizer,
          annealed ? "annealed" : "constant",
          number(best.score, 3),
          `${number(best.lr, 3)}${atEdge ? " (edge of the grid)" : ""}`,
        ]),
      },
    ],
  };
}

function panel(all: readonly BestLoss[], annealed: boolean, title: string): Panel {
  const shown = all.filter((one) => one.annealed === annealed);
  return {
    title,
    x: { title: "learning rate η", scale: "logarithmic" },
    y: { title: "loss at the end", scale: "logarithmic", min: 1e-16, max: 100 },
    series: shown.flatMap(({ optimizer, sweep, best }, i) => {
      const points = sweep
        .toSorted((a, b) => a.lr - b.lr)
        .map(({ lr, score }) => ({ x: lr, y: Math.max(1e-16, score) }));
      return [
        line(optimizer, points, seriesColours[i], { dash: dashes[i] }),
        marks("", [{ x: best.lr, y: Math.max(1e-16, best.score) }], seriesColours[i], {
          shape: shapes[i % shapes.length],
          radius: 8,
        }),
      ];
    }),
  };
}
