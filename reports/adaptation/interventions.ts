import { studentInterval } from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { listText, number } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { meanTimeOf, reference } from "./cartpole-runs.js";
import { survivalFigure } from "./interventions-figure.js";
import { type Arm, armsOf, type Cure, cures, interventionsNeeds, isRestart } from "./interventions-measures.js";
import { type AdaptationFound, isTold } from "./overview.js";

/** CartPole after one change: what is done to v, to the optimizer or to the learner, and what that cures. */
export const interventions = experiment({
  needs: { interventions: interventionsNeeds },
  async find({ interventions: { runs, tuning } }): Promise<AdaptationFound> {
    const arms = await armsOf(runs);
    const cured = cures(arms);
    return {
      explanations: [explanation(cured)],
      verdicts: [memoryCauses(cured), ...(cured.some(({ arm }) => isRestart(arm)) ? [restartVerdict(cured)] : [])],
      sections: [
        {
          heading: "Interventions: what cures a long memory",
          figure: survivalFigure(arms, cured),
          content: [
            "All of a ρ's arms have one learning rate, tuned without a change, and the same seeds; they are equal until the intervention. *Gain* is the score after the change minus that of the learner left alone; p is Holm's over all interventions but the frozen policy. The score is that of the whole time after the change, so that an early cure gains more. A frozen policy tells what is retained of the old one.",
            armTable(arms, cured),
          ],
        },
        ...(tuning === undefined ? [] : [tuningSection("interventions", tuning)]),
      ],
    };
  },
});

const text = ({ arm, gain }: Cure) =>
  `${arm.words} ${intervalText(gain.difference, 3)} (p = ${number(gain.p, 2)}, detectable ${number(gain.detectable, 2)})`;
const at = (all: readonly Cure[], rho: number) => all.filter(({ arm }) => arm.rho === rho);
const helps = ({ gain }: Cure) => isTold(gain) && gain.difference.estimate > 0;

/** A ρ's interventions on v. */
function resets(all: readonly Cure[], rho: number): readonly Cure[] {
  return at(all, rho).filter(({ arm }) => !isRestart(arm));
}

const rhosOf = (all: readonly Cure[]) => [...new Set(all.map(({ arm }) => arm.rho))].sort((a, b) => a - b);

function memoryCauses(all: readonly Cure[]): Verdict {
  const rhos = rhosOf(all);
  const long = rhos[rhos.length - 1];
  const some = resets(all, long);
  const [good, bad] = [some.filter(helps), some.filter(({ gain }) => isTold(gain) && gain.difference.estimate < 0)];
  const short = rhos.length > 1 ? ` At ρ = ${rhos[0]}: ${resets(all, rhos[0]).map(text).join("; ")}.` : "";
  return {
    claim: `The memory of v is what keeps a long memory (ρ = ${long}) from recovering: forget it, and the policy recovers.`,
    verdict:
      good.length === some.length
        ? "true"
        : good.length > 0
          ? "depends"
          : bad.length > 0
            ? "false"
            : "not distinguishable",
    because: `CartPole under A2C, ${some[0].arm.regime}; gain of the score at ρ = ${long} over the learner left alone, n = ${some[0].arm.seeds.length}, 95 % intervals: ${some.map(text).join("; ")}.${short} ${good.length} of ${some.length} interventions on v help at the long memory beyond chance.`,
  };
}

function restartVerdict(all: readonly Cure[]): Verdict {
  const some = all.filter(({ arm }) => isRestart(arm));
  const [good, bad] = [some.filter(helps), some.filter(({ gain }) => isTold(gain) && gain.difference.estimate < 0)];
  return {
    claim: "A learner that is left alone does better after the change than one that starts anew.",
    verdict:
      bad.length === some.length
        ? "true"
        : good.length === some.length
          ? "false"
          : good.length + bad.length > 0
            ? "depends"
            : "not distinguishable",
    because: `Score of a restart at the change minus that of the learner left alone: ${some.map((one) => `ρ = ${one.arm.rho}: ${text(one)}`).join("; ")}.`,
  };
}

function explanation(all: readonly Cure[]): string {
  const rhos = rhosOf(all);
  const long = rhos[rhos.length - 1];
  const list = (some: readonly Cure[]) =>
    some.map(({ arm, gain }) => `${arm.words} (${intervalText(gain.difference, 3)})`);
  const good = at(all, long).filter(helps);
  const open = at(all, long).filter(({ gain }) => !isTold(gain));
  return `**What cures it.** On CartPole under A2C (${all[0].arm.regime}), at ρ = ${long}, the score gains by ${good.length > 0 ? listText(list(good)) : "none of the interventions beyond chance"}${open.length > 0 ? `; not told: ${listText(list(open))}, of which ${number(Math.max(...open.map(({ gain }) => gain.detectable)), 2)} could have been seen` : ""}.`;
}

function armTable(arms: readonly Arm[], all: readonly Cure[]): Table {
  return {
    header: [
      "ρ",
      "intervention",
      "score [95 %]",
      "gain",
      "p",
      "test",
      "correlation",
      "detectable",
      "recovered",
      `mean time to ${reference}`,
      "collapsed",
    ],
    rows: arms.map((arm) => {
      const cure = all.find((one) => one.arm === arm);
      const { seeds } = arm;
      return [
        number(arm.rho),
        arm.words,
        intervalText(studentInterval(seeds.map(({ score }) => score)), 3),
        cure === undefined ? "—" : intervalText(cure.gain.difference, 3),
        number(cure?.gain.p, 2),
        cure === undefined ? "—" : cure.gain.paired ? "paired" : "Welch",
        number(cure?.gain.correlation, 2),
        number(cure?.gain.detectable, 2),
        `${seeds.filter(({ time }) => time.observed).length} of ${seeds.length}`,
        intervalText(meanTimeOf(seeds, arm.watched), 3),
        `${seeds.filter(({ collapsed }) => collapsed).length} of ${seeds.length}`,
      ];
    }),
  };
}
