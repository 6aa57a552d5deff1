import { logRankTest, studentInterval } from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { number } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { cartpoleNeeds, changeOf, clipText, reference } from "./cartpole-runs.js";
import { doseFigure } from "./dose-figure.js";
import { calm, type Dose, dosesOf, responseOf } from "./dose-measures.js";
import type { AdaptationFound } from "./overview.js";

/** CartPole after one change, by five memories: is there a response to the dose, and is it the law's? */
export const dose = experiment({
  needs: { dose: cartpoleNeeds },
  async find({ dose: { runs, tuning } }): Promise<AdaptationFound> {
    const doses = await dosesOf(runs);
    const { config } = runs[0];
    const regime = `${clipText(config.agent.maxGradientNorm)}, ${changeOf(config)}`;
    return {
      verdicts: [verdict(doses, regime)],
      sections: [
        {
          heading: "Dose and response: time to recover against memory",
          figure: doseFigure(doses, regime),
          content: [
            `1/κ is the root-mean-square gradient in the first 2000 environment steps after the change over that ${number(calm[0])} to ${number(calm[1])} steps after it, at the shortest memory. Predicted: T₀ + D with D = 2M ln((1 + 1/κ)/2) and T₀ such that the shortest memory is met: an upper limit, since a policy may recover while its steps are still small, and no fit to the others. Times are restricted means: a policy that never recovers counts the whole watching.`,
            table(doses),
          ],
        },
        ...(tuning === undefined ? [] : [tuningSection("dose", tuning)]),
      ],
    };
  },
});

function verdict(doses: readonly Dose[], regime: string): Verdict {
  const response = responseOf(doses);
  const { p } = logRankTest(doses.map(({ seeds }) => seeds.map(({ time }) => time)));
  const list = doses.map(
    ({ rho, time, predicted }) => `ρ = ${rho}: ${intervalText(time, 3)} (${number(predicted, 3)})`,
  );
  return {
    claim: "The response grows with the dose: the longer the memory, the lower the score after the change.",
    verdict: response.high < 0 ? "true" : response.low > 0 ? "false" : "not distinguishable",
    because: `CartPole under A2C, ${regime}, n = ${doses[0].seeds.length} seeds each: Spearman's correlation of score and memory ${intervalText(response, 2)}; times to recover differ by the log-rank test over all ${doses.length} with p = ${number(p, 2)}. Restricted mean times, in brackets T₀ + D: ${list.join("; ")}.`,
  };
}

function table(doses: readonly Dose[]): Table {
  return {
    header: [
      "ρ",
      "tuned η",
      "memory (environment steps)",
      "score [95 %]",
      "recovered",
      `mean time to ${reference}`,
      "T₀ + D",
    ],
    rows: doses.map(({ rho, lr, memory, seeds, time, predicted, watched }) => [
      number(rho),
      number(lr),
      number(memory),
      intervalText(studentInterval(seeds.map(({ score }) => score)), 3),
      `${seeds.filter((seed) => seed.time.observed).length} of ${seeds.length}`,
      intervalText(time, 3),
      predicted < watched ? number(predicted, 3) : `≥ ${number(watched, 6)}`,
    ]),
  };
}
