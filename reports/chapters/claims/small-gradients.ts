import { z } from "zod";
import { hypot } from "../../../src/math/elementary/roots.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { type GroupSteps, needs as groupNeeds, groupSteps } from "../group-steps.js";
import { dashes, shapes } from "../styles.js";

const needs = groupNeeds.extend({ optimizer: z.object({ name: z.string(), lr: z.number() }) });

/** Parameters whose gradients differ in size and stay as they are. */
export const smallGradients = defineClaim({
  name: "small-gradients",
  words: "RMSprop takes larger steps in directions whose gradients stay small.",
  source: "first chapter, saddle points and plateaus",
  needs,
  find: async ({ runs }) => finding(await groupSteps(runs)),
});

/** The size of the gradients, root of their mean square. */
const size = ({ mean, deviation }: GroupSteps) => hypot(mean, deviation);

function finding(all: readonly GroupSteps[]): Finding {
  const of = (optimizer: string) => all.filter((one) => one.optimizer === optimizer).sort((a, b) => size(a) - size(b));
  const [sgd, rmsprop] = [of("SGD"), of("RMSprop")];
  const spread = Math.max(...rmsprop.map(({ step }) => step)) / Math.min(...rmsprop.map(({ step }) => step));
  const above = rmsprop.filter((one, k) => one.step > sgd[k].step);
  const [least, largest] = [rmsprop[0], rmsprop[rmsprop.length - 1]];
  const relative = least.step / size(least) / (largest.step / size(largest));
  return {
    verdict: spread < 1.05 && above.length < rmsprop.length ? "depends" : spread < 1.05 ? "true" : "false",
    decides: `sizes 1:${number(size(largest) / size(least), 3)}, steps equal within ${number(100 * (spread - 1), 2)} %`,
    because: `Gradients of constant size ${listText(rmsprop.map((one) => number(size(one), 2)))}, with noise of ${number(least.deviation / least.mean, 2)} of their mean, n = ${number(least.samples)} steps of independent parameters each: RMSprop's steps are equal within ${number(100 * (spread - 1), 2)} %, so larger per gradient, ${number(relative, 3)}-fold from the largest to the least, but not larger in themselves. At equal η they exceed SGD's at ${above.length} of ${rmsprop.length} sizes${above.length === 0 ? "" : `, up to ${number(size(above[above.length - 1]), 2)}`}: the boundary is |g| = η of RMSprop over η of SGD. “Stay” matters: after a fall of the gradient v keeps the steps small for a while.`,
    figure: {
      title: `RMSprop's steps are of one size for gradients of ${number(size(least), 2)} to ${number(size(largest), 2)}: larger than SGD's at ${above.length} of ${rmsprop.length} of them${above.length === 0 ? "" : `, up to ${number(size(above[above.length - 1]), 2)}`}`,
      caption:
        "Mean |Δθ| in units of η, the same η for all, over independent parameters, last half of the run. Left: the step itself. Right: the step per gradient.",
      columns: 2,
      panelWidth: 800,
      panelHeight: 540,
      panels: (["step", "per gradient"] as const).map((what) => ({
        title: what === "step" ? "Mean step" : "Mean step per gradient",
        x: { title: "size of the gradients, √E g²", scale: "logarithmic" },
        y: { title: what === "step" ? "|Δθ|/η" : "|Δθ|/(η √E g²)", scale: "logarithmic" },
        series: [...new Set(all.map(({ optimizer }) => optimizer))].flatMap((optimizer, i) => {
          const points = of(optimizer).map((one) => ({
            x: size(one),
            y: what === "step" ? one.step : one.step / size(one),
          }));
          return [
            line("", points, seriesColours[i], { dash: dashes[i] }),
            marks(optimizer, points, seriesColours[i], { shape: shapes[i], radius: 6 }),
          ];
        }),
      })),
    },
    content: [
      {
        header: ["optimizer", "√E g²", "mean |Δθ| (η)", "per gradient (η)"],
        rows: all.map((one) => [
          one.optimizer,
          number(size(one), 3),
          number(one.step, 4),
          number(one.step / size(one), 4),
        ]),
      },
    ],
  };
}
