import { z } from "zod";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy, summaryNumber } from "../../parts/select.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { dashes, shapes } from "../styles.js";
import { type Tuned, tuned } from "../tuned.js";

const needs = z.object({
  steps: z.number(),
  problem: z.object({ eigenvalues: z.tuple([z.number(), z.number()]), basis: z.enum(["axes", "mixed"]) }),
  optimizer: z.object({ lr: z.number() }),
});
type Basis = "axes" | "mixed";

/** Quadratics of every condition, along the axes and across them, each optimizer at its best learning rate. */
export const illConditioning = defineClaim({
  name: "ill-conditioning",
  words:
    "A fixed learning rate oscillates in steep directions and crawls in flat ones; scaling each parameter by its gradients mends it.",
  source: "first chapter, ill-conditioning",
  needs,
  find: ({ runs }) => finding(bestSteps(runs), runs[0].config.steps),
});

/** Steps of an optimizer at its best learning rate on a quadratic. */
export interface BestSteps extends Tuned<{ readonly lr: number; readonly score: number }> {
  readonly optimizer: string;
  readonly basis: Basis;
  readonly condition: number;
}

/** The score is the step from which on both coordinates are within 10⁻³ of the minimum, for 30 steps and more. */
export function bestSteps(runs: readonly CheckedRun<z.output<typeof needs>>[]): BestSteps[] {
  const keyOf = ({ condition }: { condition: Readonly<Record<string, string>> }) =>
    `${condition.optimizer} ${condition["problem.basis"]} ${condition["problem.eigenvalues"]}`;
  return [...groupBy(runs, keyOf).values()].map((sweep) => {
    const { condition, config } = sweep[0];
    const scored = sweep.map((run) => {
      const reached = summaryNumber(run, "reached");
      return { lr: run.config.optimizer.lr, score: Number.isNaN(reached) ? Number.POSITIVE_INFINITY : reached };
    });
    const [flat, steep] = config.problem.eigenvalues;
    return { optimizer: condition.optimizer, basis: config.problem.basis, condition: steep / flat, ...tuned(scored) };
  });
}

function finding(all: readonly BestSteps[], limit: number): Finding {
  const conditions = [...new Set(all.map(({ condition }) => condition))];
  const worst = Math.max(...conditions);
  const at = (optimizer: string, basis: Basis, condition: number) =>
    all.find((one) => one.optimizer === optimizer && one.basis === basis && one.condition === condition)?.best.score ??
    Number.NaN;
  const wins = (basis: Basis) =>
    conditions.filter((one) => one > 1 && at("RMSprop", basis, one) < at("SGD", basis, one));
  const [axes, mixed] = [wins("axes"), wins("mixed")];
  const ill = conditions.filter((one) => one > 1);
  const steps = (score: number) => (Number.isFinite(score) ? number(score) : `more than ${number(limit)}`);
  const [sgd, aligned, rotated] = [
    at("SGD", "axes", worst),
    at("RMSprop", "axes", worst),
    at("RMSprop", "mixed", worst),
  ];
  const linear = conditions.map((one) => at("SGD", "axes", one) / one);
  const wonText = (won: readonly number[]) =>
    won.length === 0 ? "at none" : `at κ = ${listText(won.map((one) => number(one)))}`;
  return {
    verdict:
      axes.length === ill.length && mixed.length === ill.length
        ? "true"
        : axes.length + mixed.length > 0
          ? "depends"
          : "false",
    decides: `κ = ${number(worst)}: SGD ${steps(sgd)} steps, RMSprop ${steps(aligned)} along the axes, ${steps(rotated)} at 45°`,
    because: `Deterministic quadratics of two curvatures, every optimizer at its best learning rate of a fine geometric grid (judged on the same runs: there is no noise). SGD needs about ${number(linear[linear.length - 1], 2)} κ steps. RMSprop beats it ${wonText(axes)} along the axes, where it needs ${steps(aligned)} at every κ (the boundary: κ = ${number(aligned / linear[linear.length - 1], 2)}), and ${wonText(mixed)} where the eigenvectors stand at 45°: a factor for each parameter cannot stretch along a direction that is none of them.`,
    figure: {
      title: `Scaling each parameter mends κ = ${number(worst)} along the axes (${steps(sgd)} → ${steps(aligned)} steps) and not at 45° (${steps(rotated)})`,
      caption: `Steps from (1, 0.3) until both coordinates stay within 10⁻³ of the minimum, at the best learning rate of each optimizer. What is not drawn needs more than ${number(limit)} steps.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 580,
      panels: [panel(all, "axes", "Eigenvectors along the axes"), panel(all, "mixed", "Eigenvectors at 45°")],
    },
    content: [
      {
        header: [
          "optimizer",
          "eigenvectors",
          ...conditions.map((one) => `κ = ${number(one)}`),
          "best η at the largest κ",
        ],
        rows: [...groupBy(all, ({ optimizer, basis }) => `${optimizer} ${basis}`).values()].map((row) => {
          const last = row[row.length - 1];
          return [
            row[0].optimizer,
            row[0].basis === "axes" ? "along the axes" : "at 45°",
            ...row.map(({ best }) => steps(best.score)),
            `${number(last.best.lr, 3)}${last.atEdge ? " (edge of the grid)" : ""}`,
          ];
        }),
      },
    ],
  };
}

function panel(all: readonly BestSteps[], basis: Basis, title: string): Panel {
  const groups = [
    ...groupBy(
      all.filter((one) => one.basis === basis),
      ({ optimizer }) => optimizer,
    ),
  ];
  return {
    title,
    x: { title: "condition number κ", scale: "logarithmic" },
    y: { title: "steps to within 10⁻³", scale: "logarithmic", min: 1, max: 1e5 },
    series: groups.flatMap(([optimizer, group], i) => {
      const points = group.map(({ condition, best }) => ({ x: condition, y: best.score }));
      return [
        line("", points, seriesColours[i], { dash: dashes[i] }),
        marks(optimizer, points, seriesColours[i], { shape: shapes[i % shapes.length], radius: 6 }),
      ];
    }),
  };
}
