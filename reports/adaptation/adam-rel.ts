import { z } from "zod";
import { compareMeans, type MeansComparison, studentInterval } from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { adaptationOf, cartpoleNeeds, changeAt, changeOf, clipText } from "./cartpole-runs.js";
import { type AdaptationFound, isTold } from "./overview.js";

const needs = cartpoleNeeds.extend({
  optimizer: z.object({ name: z.enum(["adam", "adamRel"]), lr: z.number(), beta2: z.number() }),
});
type AdamRun = CheckedRun<z.output<typeof needs>>;

/** Adam beside Adam-Rel, whose time starts anew at the change and which is Adam in everything else. */
export const adamRel = experiment({
  needs: { adamRel: needs },
  async find({ adamRel: { runs } }): Promise<AdaptationFound> {
    const found = await against(runs);
    const { config } = runs[0];
    const regime = `${clipText(config.agent.maxGradientNorm)}, ${changeOf(config)}`;
    return {
      explanations: [
        `**Adam-Rel**, which starts Adam's time anew at the change, gains ${intervalText(found.gain.difference, 3)} of the score over Adam (p = ${number(found.gain.p, 2)}; ${number(found.gain.detectable, 2)} could have been seen).`,
      ],
      verdicts: [verdict(found, regime)],
      sections: [
        {
          heading: "Adam-Rel: time that starts anew at the change",
          content: [
            `A2C on CartPole, ${regime}, β₂ = ${config.optimizer.beta2}, η = ${config.optimizer.lr}, tuned without a change, where the two are one.`,
            table(found),
          ],
        },
      ],
    };
  },
});

export interface Against {
  readonly adam: readonly number[];
  readonly adamRel: readonly number[];
  /** of the score after the change, Adam-Rel minus Adam */
  readonly gain: MeansComparison;
}

export async function against(runs: readonly AdamRun[]): Promise<Against> {
  const at = changeAt(runs);
  const groups = groupBy(
    [...runs].sort((a, b) => a.seed - b.seed),
    ({ config }) => config.optimizer.name,
  );
  const scores = async (name: "adam" | "adamRel") =>
    Promise.all((groups.get(name) ?? []).map(async (run) => (await adaptationOf(run, at)).score));
  const [adam, adamRel] = [await scores("adam"), await scores("adamRel")];
  return { adam, adamRel, gain: compareMeans(adamRel, adam) };
}

function verdict({ gain, adam }: Against, regime: string): Verdict {
  const { difference, p, paired, correlation, detectable } = gain;
  return {
    claim: "Starting Adam's time anew at a change (Adam-Rel) helps a policy to adapt.",
    verdict: isTold(gain) ? (difference.estimate > 0 ? "true" : "false") : "not distinguishable",
    because: `A2C on CartPole, ${regime}: score gained ${intervalText(difference, 3)}, n = ${adam.length} seeds, p = ${number(p, 2)} (${paired ? "paired" : "Welch"}, correlation ${number(correlation, 2)}); it could have seen ${number(detectable, 2)}.`,
  };
}

function table({ adam, adamRel }: Against): Table {
  return {
    header: ["optimizer", "score [95 %]"],
    rows: [
      ["Adam", intervalText(studentInterval(adam), 3)],
      ["Adam-Rel", intervalText(studentInterval(adamRel), 3)],
    ],
  };
}
